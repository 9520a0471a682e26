"""Mails to a real SMTP server: read as a mail program reads them, and every way to be turned away."""
import email
import email.policy
import socket
import threading
import time
import unittest

from tests.notifiers.mailbox import SmtpServer, part
from tests.notifiers.trying import try_receiver
from tests.support.places import free_port, temporary_folder


class ConnectProxy:
    """An HTTP proxy that knows CONNECT and nothing else."""

    def __init__(self, case):
        self.asked = []
        self._server = socket.create_server(("127.0.0.1", 0))
        case.addCleanup(self._server.close)
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        client, _ = self._server.accept()
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        method, target, _ = head.decode().split(" ", 2)
        self.asked.append((method, target))
        if method != "CONNECT":
            client.close()
            return
        host, port = target.rsplit(":", 1)
        there = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        back = threading.Thread(target=self._pass_on, args=(there, client), daemon=True)
        back.start()
        self._pass_on(client, there)
        back.join()
        client.close()
        there.close()

    @staticmethod
    def _pass_on(source, target):
        try:
            while data := source.recv(4096):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other side has gone


class Mail(unittest.TestCase):
    def test_arrives_by_starttls_and_login_and_its_end_joins_the_thread(self):
        server = SmtpServer(self, "starttls", login=True)
        (server.folder / "password").write_text("s3cr3t-pw\n")
        answer = try_receiver(
            server.channel(more=f'username = "u"\npassword_file = "{server.folder}/password"'),
            receiver=f'ca_file = "{server.cert}"')
        self.assertEqual(answer.code, 0, answer.text)
        self.assertIn("delivered you@example.com: 250 OK queued as 1", answer.out)
        self.assertEqual([(one["tls"], one["login"]) for one in server.envelopes()], [(True, True)] * 2)
        begin, end = server.mails()
        self.assertEqual(begin["Subject"], "TEST [SAMPLE] payments-sample is ERROR")
        self.assertEqual(end["Subject"], "TEST [SAMPLE] payments-sample is OK again")
        self.assertEqual(end["In-Reply-To"], begin["Message-ID"])
        self.assertEqual(end["References"], begin["Message-ID"])
        self.assertEqual((begin.defects, end.defects), ([], []))

    def test_has_text_html_and_the_picture(self):
        server = SmtpServer(self)
        answer = try_receiver(server.channel(more='tls = "none"'), "--keep-open")
        self.assertEqual(answer.code, 0, answer.text)
        mail, = server.mails()
        text = part(mail, "text/plain").get_content()
        first, *rest = text.splitlines()
        self.assertIn("[SAMPLE] payments-sample is ERROR: orders-3 is STOPPED", first)
        self.assertIn("(since ", first)
        order = [text.index(word) for word in
                 ("Lag: 48,200 records", "Likely cause: It has no members", "What to do next:",
                  "kafka-consumer-groups.sh", "Show it: http://127.0.0.1:8000/ui/#/SAMPLE/groups/")]
        self.assertEqual(order, sorted(order))
        self.assertNotIn("{{", text)
        html = part(mail, "text/html").get_content()
        picture = part(mail, "image/png")
        self.assertIn(f'src="cid:{picture["Content-ID"][1:-1]}"', html)
        self.assertTrue(picture.get_content().startswith(b"\x89PNG"))
        self.assertEqual(mail.get_content_type(), "multipart/alternative")

    def test_arrives_by_tls_from_the_first_byte(self):
        server = SmtpServer(self, "tls")
        answer = try_receiver(server.channel(more='tls = "tls"'), "--keep-open",
                              receiver=f'ca_file = "{server.cert}"')
        self.assertEqual(answer.code, 0, answer.text)
        self.assertEqual(len(server.mails()), 1)

    def test_is_not_given_to_somebody_with_a_certificate_of_his_own(self):
        server = SmtpServer(self, "starttls")
        answer = try_receiver(server.channel())
        self.assertEqual(answer.code, 1)
        self.assertRegex(answer.err, "try_again you@example.com: .*certificate")
        self.assertEqual(server.mails(), [])

    def test_is_not_given_to_a_server_without_starttls(self):
        server = SmtpServer(self)
        answer = try_receiver(server.channel())
        self.assertEqual(answer.code, 1)
        self.assertIn("try_again you@example.com: ", answer.err)
        self.assertEqual(server.mails(), [])

    def test_with_a_wrong_password_is_kept_and_the_password_not_told(self):
        server = SmtpServer(self, "starttls", login=True)
        answer = try_receiver(server.channel(more='username = "u"\npassword = "wr0ng-pw"'),
                              receiver=f'ca_file = "{server.cert}"')
        self.assertEqual(answer.code, 1)
        self.assertIn("try_again you@example.com: 535", answer.err)
        self.assertNotIn("wr0ng-pw", answer.text)

    def test_each_recipient_has_an_answer_of_its_own(self):
        server = SmtpServer(self)
        answer = try_receiver(server.channel(
            '["you@example.com", "nobody@example.com", "full@example.com", "me@example.com"]',
            'tls = "none"'), "--keep-open")
        self.assertEqual(answer.code, 1)
        self.assertEqual(answer.out.splitlines(), ["delivered you@example.com: 250 OK queued as 1",
                                                   "delivered me@example.com: 250 OK queued as 2"])
        self.assertEqual(answer.err.splitlines(), [
            "refused nobody@example.com: 550 5.1.1 no such user",
            "try_again full@example.com: 452 4.2.2 mailbox full"])
        self.assertEqual([one["to"] for one in server.envelopes()],
                         [["you@example.com"], ["me@example.com"]])
        self.assertIn("nobody@example.com", server.mails()[0]["To"])

    def test_a_server_that_hangs_has_a_time_limit(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            held = []
            self.addCleanup(lambda: [one.close() for one, _ in held])
            threading.Thread(target=lambda: held.append(silent.accept()), daemon=True).start()
            begin = time.monotonic()
            answer = try_receiver(
                f'[receiver.email]\nserver = "127.0.0.1:{silent.getsockname()[1]}"\nfrom = "a@b"\n'
                'to = "c@d"\n', receiver='timeout = "500ms"')
        self.assertEqual(answer.code, 1)
        self.assertIn("try_again c@d: ", answer.err)
        self.assertLess(time.monotonic() - begin, 20)

    def test_goes_through_a_proxy(self):
        server, proxy = SmtpServer(self), ConnectProxy(self)
        answer = try_receiver(server.channel(more='tls = "none"'), "--keep-open",
                              receiver=f'proxy = "{proxy.url}"')
        self.assertEqual(answer.code, 0, answer.text)
        self.assertEqual(proxy.asked, [("CONNECT", f"localhost:{server.port}")])
        self.assertEqual(len(server.mails()), 1)

    def test_nobody_there(self):
        answer = try_receiver(f'[receiver.email]\nserver = "127.0.0.1:{free_port()}"\nfrom = "a@b"\n'
                              'to = "c@d"\n')
        self.assertEqual(answer.code, 1)
        self.assertIn("try_again c@d: ", answer.err)

    def test_says_what_its_templates_say(self):
        server = SmtpServer(self)
        (server.folder / "t.html").write_text("<b>{{group}}</b>")
        answer = try_receiver(server.channel(
            more='tls = "none"\nsubject = "{{state}}: żółw {{group}}"\ntext = "{{reason}}"\n'
                 f'html_file = "{server.folder}/t.html"\npicture = false'), "--keep-open")
        self.assertEqual(answer.code, 0, answer.text)
        mail, = server.mails()
        self.assertEqual(mail["Subject"], "ERROR: żółw payments-sample")
        self.assertEqual(part(mail, "text/html").get_content().strip(), "<b>payments-sample</b>")
        self.assertTrue(part(mail, "text/plain").get_content().startswith("orders-3 is STOPPED"))


class Folder(unittest.TestCase):
    def test_holds_the_mails_that_would_be_sent(self):
        folder = temporary_folder("mails")
        answer = try_receiver(f'[receiver.file]\nfolder = "{folder}/new"')
        self.assertEqual(answer.code, 0, answer.text)
        begin, end = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                      for path in sorted((folder / "new").iterdir(), key=lambda p: p.stat().st_mtime_ns))
        self.assertEqual(end["In-Reply-To"], begin["Message-ID"])
        self.assertIn("is ERROR", begin["Subject"])

    def test_that_cannot_be_written_is_named(self):
        answer = try_receiver('[receiver.file]\nfolder = "/proc/nowhere"')
        self.assertEqual(answer.code, 1)
        self.assertIn("/proc/nowhere", answer.err)


if __name__ == "__main__":
    unittest.main()
