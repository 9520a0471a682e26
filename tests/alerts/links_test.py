"""Where links in messages lead: to the port that the daemon got, or to where it is told that people reach
it."""
import json
import re
import unittest
import urllib.parse
import urllib.request

from tests.alerts.hands import Webhook, alerts, receiver, route
from tests.support.places import TIDEMARK, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

ANSWERS = re.compile(r"answers at (http://127\.0\.0\.1:(\d+))")


class Links(unittest.TestCase):
    def told(self, http):
        """(Where it answers, the link of the alert, the link of the message) of a cluster that is away."""
        webhook = Webhook(self)
        folder = temporary_folder("links")
        config = folder / "tidemark.toml"
        config.write_text(
            f"[http]\n{http}\n[[cluster]]\nname = \"away\"\n"
            f"bootstrap = \"127.0.0.1:{free_port()}\"\n"
            + alerts() + receiver("hook", "webhook", webhook.settings()) + route(["hook"]))
        daemon = ChildProcess("tidemark", [TIDEMARK, "run", "--config", config, "--state-dir",
                                           folder / "state"], folder / "tidemark.log")
        self.addCleanup(daemon.stop)
        at = eventually("it says where it answers", lambda: ANSWERS.search(daemon.log()), 30)
        message = eventually("it tells of it", webhook.messages, 60)[0]
        return at.group(1), message["alerts"][0]["link"], message["link"]

    def test_with_port_0_links_lead_to_the_port_that_it_got(self):
        url, alert, message = self.told('listen = "127.0.0.1:0"')
        self.assertNotIn(":0", url)
        for link in (alert, message):
            self.assertTrue(link.startswith(url + "/ui/"), link)
            with urllib.request.urlopen(urllib.parse.urldefrag(link).url, timeout=10) as answer:
                self.assertIn("text/html", answer.headers["Content-Type"])
        with urllib.request.urlopen(url + "/api/v1/incidents", timeout=10) as answer:
            self.assertEqual(len(json.load(answer)["data"]), 1)

    def test_a_page_url_comes_first(self):
        page = "https://tidemark.example.com/lag"
        _, alert, message = self.told(f'listen = "127.0.0.1:0"\npage_url = "{page}"')
        for link in (alert, message):
            self.assertTrue(link.startswith(page + "/ui/"), link)


if __name__ == "__main__":
    unittest.main()
