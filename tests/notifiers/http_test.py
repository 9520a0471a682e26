"""Receivers of HTTP against strict fakes of the APIs: what arrives, and what becomes of a no."""
import hashlib
import hmac
import json
import time
import unittest

from tests.notifiers import fakes
from tests.notifiers.trying import certificate, try_receiver
from tests.support.places import temporary_folder

KEY = "0123456789abcdef0123456789abcdef"


def slack(fake):
    return f'[receiver.slack]\nurl = "{fake.url}/services/T0/B0/s3cr3t"'


def pagerduty(fake):
    return f'[receiver.pagerduty]\nrouting_key = "{KEY}"\nurl = "{fake.url}/v2/enqueue"'


def twilio(fake, to='"+491701234567"', sender="+15550100"):
    return (f'[receiver.twilio]\naccount_sid = "AC1"\nauth_token = "t0ken"\nfrom = "{sender}"\n'
            f'to = {to}\nurl = "{fake.url}"')


def webhook(fake, more=""):
    return f'[receiver.webhook]\nurl = "{fake.url}/hook?token=s3cr3t"\n{more}'


class Slack(unittest.TestCase):
    def test_takes_the_message_and_its_end(self):
        fake = fakes.Fake(self, fakes.slack)
        answer = try_receiver(slack(fake))
        self.assertEqual((answer.code, answer.out), (0, "delivered: 200: ok\ndelivered: 200: ok\n"))
        first, last = (json.dumps(request.json()) for request in fake.requests)
        for word in ("TEST [SAMPLE] payments-sample is ERROR", "STOPPED", "Likely cause",
                     "kafka-consumer-groups.sh", "/ui/#/SAMPLE/groups/payments-sample"):
            self.assertIn(word, first)
        self.assertIn("payments-sample is OK again", last)

    def test_an_ok_that_is_none_is_not_believed(self):
        fake = fakes.Fake(self, fakes.slack)
        fake.next_answers = [(200, {}, '{"ok":false,"error":"ratelimited"}')]
        answer = try_receiver(slack(fake))
        self.assertEqual(answer.code, 1)
        self.assertIn("try_again: 200: ", answer.err)

    def test_a_template_of_ones_own_is_escaped_for_slack(self):
        fake = fakes.Fake(self, fakes.slack)
        answer = try_receiver(slack(fake) + '\ntext = "*{{group}}* <!channel> {{reason}}"')
        self.assertEqual(answer.code, 0, answer.text)
        self.assertIn("*payments-sample* <!channel> orders-3", fake.requests[0].body.decode())


class PagerDuty(unittest.TestCase):
    def test_resolves_what_it_triggered(self):
        fake = fakes.Fake(self, fakes.pagerduty)
        answer = try_receiver(pagerduty(fake))
        self.assertEqual(answer.code, 0, answer.text)
        opened, closed = (request.json() for request in fake.requests)
        self.assertEqual((opened["event_action"], closed["event_action"]), ("trigger", "resolve"))
        self.assertEqual(opened["dedup_key"], closed["dedup_key"])
        self.assertEqual(opened["payload"]["severity"], "info")  # a test wakes nobody
        self.assertEqual(opened["payload"]["custom_details"]["group"], "payments-sample")

    def test_an_invalid_event_is_refused_without_its_key(self):
        fake = fakes.Fake(self, fakes.pagerduty)
        fake.next_answers = [(400, {}, f'{{"status":"invalid event","message":"key {KEY}"}}')]
        answer = try_receiver(pagerduty(fake))
        self.assertEqual(answer.code, 1)
        self.assertIn("refused: 400: ", answer.err)
        self.assertNotIn(KEY, answer.text)

    def test_success_has_to_be_said(self):
        fake = fakes.Fake(self, fakes.pagerduty)
        fake.next_answers = [(202, {}, "<html>a proxy says hello</html>")]
        self.assertIn("try_again: 202: ", try_receiver(pagerduty(fake)).err)


class Sms(unittest.TestCase):
    def test_twilio_takes_one_for_each_number(self):
        fake = fakes.Fake(self, fakes.twilio("AC1", "t0ken"))
        answer = try_receiver(twilio(fake, '["+491701234567", "+491701234568"]'), "--keep-open")
        self.assertEqual(answer.code, 0, answer.text)
        self.assertIn("delivered +491701234567: 201: SM", answer.out)
        forms = [request.form() for request in fake.requests]
        self.assertEqual([form["To"] for form in forms], ["+491701234567", "+491701234568"])
        self.assertEqual(forms[0]["From"], "+15550100")
        self.assertTrue(forms[0]["Body"].startswith("TEST ERROR SAMPLE payments-sample, since "))
        self.assertLessEqual(len(forms[0]["Body"]), 160)

    def test_twilio_sends_through_a_messaging_service(self):
        fake = fakes.Fake(self, fakes.twilio("AC1", "t0ken"))
        self.assertEqual(try_receiver(twilio(fake, sender="MG7"), "--keep-open").code, 0)
        self.assertEqual(fake.requests[0].form()["MessagingServiceSid"], "MG7")

    def test_a_number_that_does_not_exist_is_refused_for_good(self):
        fake = fakes.Fake(self, fakes.twilio("AC1", "t0ken"))
        answer = try_receiver(twilio(fake, '["12", "+491701234568"]'), "--keep-open")
        self.assertEqual(answer.code, 1)
        self.assertIn("refused 12: 400: ", answer.err)
        self.assertIn("delivered +491701234568", answer.out)

    def test_a_wrong_token_is_tried_again_and_not_told(self):
        fake = fakes.Fake(self, fakes.twilio("AC1", "another"))
        answer = try_receiver(twilio(fake), "--keep-open")
        self.assertIn("try_again +491701234567: 401: ", answer.err)
        self.assertNotIn("t0ken", answer.text)

    def test_created_and_failed_is_not_delivered(self):
        fake = fakes.Fake(self, fakes.anything)
        fake.next_answers = [(201, {}, '{"sid":"SM1","status":"failed","error_code":30003}')]
        self.assertIn("refused +491701234567: 201: ", try_receiver(twilio(fake), "--keep-open").err)

    def test_any_gateway_takes_it_by_a_template(self):
        fake = fakes.Fake(self, fakes.anything)
        channel = (f'[receiver.sms]\nurl = "{fake.url}/send/{{{{to}}}}?key=s3cr3t"\nto = "+49 1"\n'
                   'headers = { X-Key = "h3ader" }\n')
        self.assertEqual(try_receiver(channel.replace("+49 1", "+491"), "--keep-open").code, 0)
        request = fake.requests[0]
        self.assertEqual((request.path, request.headers["X-Key"]), ("/send/%2B491?key=s3cr3t", "h3ader"))
        self.assertEqual(request.json()["to"], "+491")
        self.assertIn("payments-sample", request.json()["text"])

    def test_a_gateway_by_get(self):
        fake = fakes.Fake(self, fakes.anything)
        answer = try_receiver(f'[receiver.sms]\nurl = "{fake.url}/?t={{{{to}}}}&m={{{{text}}}}"\n'
                              'method = "GET"\nto = "+491"\n', "--keep-open")
        self.assertEqual(answer.code, 0, answer.text)
        self.assertEqual((fake.requests[0].method, fake.requests[0].body), ("GET", b""))
        self.assertIn("m=TEST%20ERROR%20SAMPLE", fake.requests[0].path)


class Webhook(unittest.TestCase):
    def test_brings_the_whole_message_as_json(self):
        fake = fakes.Fake(self, fakes.anything)
        self.assertEqual(try_receiver(webhook(fake)).code, 0)
        opened, closed = (request.json() for request in fake.requests)
        self.assertEqual((opened["kind"], opened["over"], closed["over"]), ("test", False, True))
        self.assertEqual(opened["alerts"][0]["group"], "payments-sample")
        self.assertNotEqual(fake.requests[0].headers["Idempotency-Key"],
                            fake.requests[1].headers["Idempotency-Key"])

    def test_is_signed_with_its_time(self):
        fake = fakes.Fake(self, fakes.anything)
        answer = try_receiver(webhook(fake, 'sign_with = "${SIGN}"'), env={"SIGN": "k3y"})
        self.assertEqual(answer.code, 0, answer.text)
        request = fake.requests[0]
        at = request.headers["X-Tidemark-Timestamp"]
        self.assertLess(abs(int(at) - time.time()), 60)
        wanted = hmac.new(b"k3y", at.encode() + b"." + request.body, hashlib.sha256).hexdigest()
        self.assertEqual(request.headers["X-Tidemark-Signature"], "v1=" + wanted)

    def test_speaks_as_its_template_says(self):
        fake = fakes.Fake(self, fakes.anything)
        answer = try_receiver(webhook(
            fake, 'method = "PUT"\nbody = \'{"who": "{{group}}", "why": "{{reason}}"}\'\n'
                  'username = "u"\npassword = "p"\nheaders = { X-Team = "a b" }'))
        self.assertEqual(answer.code, 0, answer.text)
        request = fake.requests[0]
        self.assertEqual((request.method, request.headers["X-Team"]), ("PUT", "a b"))
        self.assertEqual(request.headers["Authorization"], "Basic dTpw")
        self.assertEqual(set(request.json()), {"who", "why"})

    def no(self, *answers, receiver=""):
        fake = fakes.Fake(self, fakes.anything)
        fake.next_answers = list(answers)
        answer = try_receiver(webhook(fake), receiver=receiver)
        self.assertEqual(answer.code, 1)
        self.assertNotIn("s3cr3t", answer.text)
        self.assertEqual(len(fake.requests), 1, "a message that did not arrive has no end")
        return answer.err

    def test_too_many_requests_says_when_to_come_back(self):
        err = self.no((429, {"Retry-After": "17"}, "slow down"))
        self.assertEqual(err, "try_again: 429: slow down (again after 17s)\n")

    def test_a_server_in_trouble_is_tried_again(self):
        self.assertEqual(self.no((500, {}, "oops")), "try_again: 500: oops\n")
        self.assertIn("again after 2m", self.no((503, {"Retry-After": "120"}, "")))

    def test_a_no_is_a_no(self):
        self.assertEqual(self.no((404, {}, "no such hook\nat all")),
                         "refused: 404: no such hook at all\n")

    def test_a_redirect_is_not_followed(self):
        elsewhere = fakes.Fake(self, fakes.anything)
        err = self.no((302, {"Location": elsewhere.url}, ""))
        self.assertIn("refused: 302 (a redirect, which is not followed)", err)
        self.assertEqual(elsewhere.requests, [])

    def test_a_reset_connection_is_tried_again(self):
        self.assertIn("try_again: ", self.no("reset"))

    def test_a_server_that_hangs_has_a_time_limit(self):
        begin = time.monotonic()
        self.assertIn("try_again: ", self.no("hang", receiver='timeout = "500ms"'))
        self.assertLess(time.monotonic() - begin, 20)

    def test_nobody_there(self):
        fake = fakes.Fake(self, fakes.anything)
        channel = webhook(fake).replace(str(fake.port), "1")
        answer = try_receiver(channel)
        self.assertEqual(answer.code, 1)
        self.assertIn("127.0.0.1", answer.err)
        self.assertNotIn("s3cr3t", answer.err)

    def test_goes_through_a_proxy(self):
        proxy = fakes.Fake(self, fakes.anything)
        answer = try_receiver('[receiver.webhook]\nurl = "http://elsewhere.invalid/x"',
                              receiver=f'proxy = "{proxy.url}"')
        self.assertEqual(answer.code, 0, answer.text)
        self.assertEqual(proxy.requests[0].path, "http://elsewhere.invalid/x")


    def test_speaks_tls_with_those_whose_certificate_is_trusted(self):
        cert, key = certificate(temporary_folder("https"))
        fake = fakes.Fake(self, fakes.anything, tls=(cert, key))
        answer = try_receiver(webhook(fake), receiver=f'ca_file = "{cert}"')
        self.assertEqual(answer.code, 0, answer.text)
        stranger = try_receiver(webhook(fake))
        self.assertEqual(stranger.code, 1)
        self.assertRegex(stranger.err, "try_again: .*certificate")
        self.assertEqual(len(fake.requests), 2)


class Command(unittest.TestCase):
    def test_reads_the_message_and_says_how_it_went(self):
        script = 'read line; echo "$line" | grep -q payments-sample && echo "told $TIDEMARK_GROUP"'
        answer = try_receiver(f"[receiver.command]\ncommand = ['/bin/sh', '-c', '{script}']")
        self.assertEqual(answer.code, 0, answer.text)
        self.assertEqual(answer.out, "delivered: exit code 0: told payments-sample \n" * 2)

    def test_is_given_no_secrets_of_the_daemon(self):
        answer = try_receiver("[receiver.command]\ncommand = ['/usr/bin/env']",
                              env={"SMTP_PASSWORD": "s3cr3t"})
        self.assertEqual(answer.code, 0, answer.text)
        self.assertNotIn("s3cr3t", answer.text)

    def test_exit_codes_say_whether_to_try_again(self):
        for code, word in ((1, "try_again"), (75, "try_again"), (65, "refused")):
            answer = try_receiver(f"[receiver.command]\ncommand = ['/bin/sh', '-c', 'exit {code}']")
            self.assertEqual((answer.code, answer.err), (1, f"{word}: exit code {code}\n"))

    def test_is_killed_with_all_that_it_started(self):
        begin = time.monotonic()
        answer = try_receiver("[receiver.command]\ncommand = ['/bin/sh', '-c', 'sleep 300 & sleep 300']",
                              receiver='timeout = "500ms"')
        self.assertEqual(answer.code, 1)
        self.assertIn("try_again: killed after ", answer.err)
        self.assertLess(time.monotonic() - begin, 30)

    def test_a_program_that_does_not_exist_is_named_as_such(self):
        answer = try_receiver("[receiver.command]\ncommand = ['/nowhere/x']")
        self.assertEqual((answer.code, answer.err), (1, "try_again: No such file or directory\n"))


class Asking(unittest.TestCase):
    def test_a_receiver_that_does_not_exist(self):
        answer = try_receiver("[receiver.command]\ncommand = ['/bin/true']", name="oncal",
                              receiver_name="oncall")
        self.assertEqual(answer.code, 1)
        self.assertIn('no receiver "oncal"; did you mean "oncall"?', answer.err)

    def test_a_template_that_names_nothing_is_a_problem_of_the_file(self):
        fake = fakes.Fake(self, fakes.anything)
        answer = try_receiver(webhook(fake, "body = '{{grup}}'"))
        self.assertEqual(answer.code, 2)
        self.assertIn("receiver[0].webhook.body: line 1 of the template: {{grup}}", answer.err)
        self.assertEqual(fake.requests, [])


if __name__ == "__main__":
    unittest.main()
