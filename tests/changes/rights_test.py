"""Who may change something, and what comes of silences and acknowledgements: what there is to tell is a
cluster that nobody answers for."""
import time
import unittest

from tests.alerts.hands import Webhook, alerts, incidents, receiver, route, table
from tests.changes.asking import ask, events
from tests.support.daemon import Tidemark, cluster
from tests.support.places import free_port
from tests.support.waiting import always, eventually

OPS, QUIET = "0123456789abcdef-ops", "0123456789abcdef-quiet"
TOKENS = (table("[[http.token]]", {"name": "ops", "token": "${OPS_TOKEN}",
                                   "rights": ["acknowledge", "forget", "reload"]})
          + table("[[http.token]]", {"name": "quiet", "token": QUIET, "rights": ["silence"]}))
SILENCE = {"cluster": "away", "comment": "upgrade", "for": "1h"}


class Changes(unittest.TestCase):
    def run_daemon(self, tokens="", escalate=False):
        self.webhook = Webhook(self)
        self.second = Webhook(self)
        more = {"repeat_interval": "60s"}
        if escalate:
            more["escalate"] = ["10s second"]
        self.daemon = Tidemark(
            [cluster("away", f"127.0.0.1:{free_port()}")], env={"OPS_TOKEN": OPS},
            more=tokens + alerts() + receiver("hook", "webhook", self.webhook.settings())
            + receiver("second", "webhook", self.second.settings())
            + route(["hook"], group_wait="3s", **more))
        self.addCleanup(self.daemon.kill)
        return self.daemon.start()

    def on_the_disk(self, kind):
        """Events of this kind, and all that was told before, outlive a kill."""
        eventually("it is told", lambda: events(self.daemon, kind))
        eventually("it is on the disk",
                   lambda: self.daemon.data("/healthz")["events"]["waiting"] == 0)

    def refused(self, status, code, *arguments, **headers):
        got, answer, more = ask(self.daemon, *arguments, **headers)
        self.assertEqual((got, answer["error"]["code"]), (status, code), (arguments, headers))
        return more

    def test_without_a_token_this_machine_may(self):
        self.run_daemon()
        status, answer, _ = ask(self.daemon, "POST", "/api/v1/silences", {**SILENCE, "author": "al"})
        self.assertEqual((status, answer["data"]["author"], answer["data"]["state"]),
                         (201, "al", "active"))
        for origin in ("http://evil.example", "null", f"http://localhost:{self.daemon.port}.evil"):
            self.refused(403, "foreign_origin", "POST", "/api/v1/silences", SILENCE, Origin=origin)
        for host in ("evil.example", f"evil.example:{self.daemon.port}"):
            self.refused(403, "not_allowed", "POST", "/api/v1/silences", SILENCE, Host=host)
            self.refused(403, "not_allowed", "POST", "/api/v1/silences", SILENCE, Host=host,
                         Origin=f"http://{host}")
        for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
            self.refused(403, "not_allowed", "POST", "/api/v1/silences", SILENCE, **{header: "x"})
        for kind in ("application/x-www-form-urlencoded", "text/plain", None):
            self.refused(415, "not_json", "POST", "/api/v1/silences", SILENCE, Content_Type=kind)
        own = f"http://127.0.0.1:{self.daemon.port}"
        self.assertEqual(ask(self.daemon, "POST", "/api/v1/silences", SILENCE, Origin=own)[0], 201)
        self.refused(413, "body_too_large", "POST", "/api/v1/silences", "x" * 65_537)
        self.refused(411, "length_needed", "POST", "/api/v1/silences", b"",
                     Transfer_Encoding="chunked", Content_Length=None)
        self.assertEqual(len(self.daemon.data("/api/v1/silences")), 2)
        began = eventually("it is told", lambda: events(self.daemon, "silence_began"))
        self.assertEqual([event["author"] for event in began], ["al", "local"])
        self.assertEqual(began[0]["sentence"], 'cluster "away": upgrade')

    def test_everybody_else_may_not_without_a_token(self):
        self.run_daemon()
        self.daemon.stop()
        text = self.daemon.config.read_text()
        open_to_all = text.replace(f'"127.0.0.1:{self.daemon.port}"',
                                   f'"0.0.0.0:{self.daemon.port}"')
        self.assertNotEqual(open_to_all, text)
        self.daemon.config.write_text(open_to_all)
        self.daemon.start()
        self.refused(403, "not_allowed", "POST", "/api/v1/silences", SILENCE)
        self.refused(403, "not_allowed", "DELETE", "/api/v1/clusters/away/groups/g")
        self.refused(403, "not_allowed", "POST", "/api/v1/reload")
        access = self.daemon.data("/api/v1/access")
        self.assertEqual((access["rights"], access["token_needed"]), ([], True))

    def test_with_tokens_each_has_its_rights_and_none_is_ever_shown(self):
        self.run_daemon(TOKENS)
        headers = self.refused(401, "token_needed", "POST", "/api/v1/silences", SILENCE)
        self.assertEqual(headers["WWW-Authenticate"], "Bearer")
        wrong = "wrong-0123456789abcdef"
        self.refused(401, "token_needed", "POST", "/api/v1/silences", SILENCE, token=wrong)
        self.refused(403, "not_allowed", "POST", "/api/v1/silences", SILENCE, token=OPS)
        self.refused(403, "not_allowed", "POST", "/api/v1/reload", {}, token=QUIET)
        self.refused(404, "group_not_found", "DELETE", "/api/v1/clusters/away/groups/g", token=OPS)
        status, answer, _ = ask(self.daemon, "POST", "/api/v1/silences",
                                {**SILENCE, "author": "mallory"}, token=QUIET)
        self.assertEqual((status, answer["data"]["author"]), (201, "quiet"))
        self.assertEqual(ask(self.daemon, "GET", "/api/v1/access", token=QUIET)[1]["data"],
                         {"rights": ["silence"], "as": "quiet", "token_needed": True,
                          "problem": None})
        file = self.daemon.folder / "token"
        file.write_text(QUIET + "\n")
        code, out, err = self.daemon.command("silence", "end", answer["data"]["id"],
                                             "--token-file", str(file))
        self.assertEqual(code, 0, err)
        code, _, err = self.daemon.command("reload", "--token-file", str(file))
        self.assertEqual(code, 1)
        self.assertIn('"quiet" does not have the right "reload"', err)
        ended = eventually("it is told", lambda: events(self.daemon, "silence_ended"))
        self.assertEqual(ended[0]["author"], "quiet")
        self.daemon.stop()
        everything = self.daemon.log() + out + err + str(ended)
        for secret in (OPS, QUIET, wrong):
            self.assertNotIn(secret, everything)
            for stored in (self.daemon.folder / "state").iterdir():
                self.assertNotIn(secret.encode(), stored.read_bytes(), stored)

    def test_a_silence_tells_nothing_until_it_is_over(self):
        self.run_daemon()
        code, out, err = self.daemon.command("silence", "add", "--cluster", "away", "--for", "12s",
                                             "--comment", "upgrade", "--author", "al")
        self.assertEqual(code, 0, err)
        self.assertIn("cluster away until", out)
        self.daemon.kill()
        self.daemon.start()
        eventually("it is in trouble", lambda: incidents(self.daemon, state="open"))
        silence, = self.daemon.data("/api/v1/silences?state=active")
        left = silence["end_ms"] / 1000 - time.time()
        always("nothing is told", lambda: not self.webhook.taken, max(1, left - 0.5))
        eventually("it is told", lambda: self.webhook.kinds() == ["opened"], 40)
        ended = eventually("its end is an event", lambda: events(self.daemon, "silence_ended"))
        self.assertIsNone(ended[0]["author"])
        code, out, _ = self.daemon.command("silence", "list", "--state", "ended")
        self.assertIn(silence["id"], out)

    def test_a_silence_that_ends_while_nobody_is_here_is_told_once_with_its_own_end(self):
        self.run_daemon()
        _, answer, _ = ask(self.daemon, "POST", "/api/v1/silences", {**SILENCE, "for": "2s"})
        silence = answer["data"]
        self.daemon.kill()
        time.sleep(max(0, silence["end_ms"] / 1000 - time.time()) + 0.1)
        for kind_of_end in (self.daemon.kill, self.daemon.stop, self.daemon.kill):
            self.daemon.start()
            self.daemon.wait_ready()
            ended = eventually("its end is told", lambda: events(self.daemon, "silence_ended"))
            self.assertEqual([(each["subject"], each["at_ms"]) for each in ended],
                             [("silence " + silence["id"], silence["end_ms"])])
            self.on_the_disk("silence_ended")
            kind_of_end()

    def test_what_is_acknowledged_is_not_escalated(self):
        self.run_daemon(escalate=True)
        eventually("it is told", lambda: self.webhook.kinds() == ["opened"], 60)
        incident, = incidents(self.daemon)
        code, out, err = self.daemon.command("acknowledge", incident["id"], "--comment", "on it",
                                             "--author", "bo")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("acknowledged by bo", out)
        self.on_the_disk("incident_acknowledged")
        self.daemon.kill()
        self.daemon.start()
        always("nobody else is told", lambda: not self.second.taken, 12)
        incident, = incidents(self.daemon)
        self.assertEqual((incident["acknowledged_by"], incident["acknowledged_comment"]),
                         ("bo", "on it"))
        _, out, _ = self.daemon.command("incidents")
        self.assertIn("bo", out)
        told, = events(self.daemon, "incident_acknowledged")
        self.assertEqual((told["author"], told["group"], told["sentence"]), ("bo", None, "on it"))
        self.refused(404, "incident_not_found", "POST", "/api/v1/incidents/nobody/acknowledge")

    def test_what_is_not_acknowledged_is_escalated(self):
        self.run_daemon(escalate=True)
        eventually("others are told", lambda: self.second.kinds(), 60)


if __name__ == "__main__":
    unittest.main()
