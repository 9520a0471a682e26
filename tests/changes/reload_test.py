"""A configuration is read anew: a bad one changes nothing, a good one is taken up by the same process."""
import signal
import unittest

from tests.changes.asking import ask, events
from tests.support.daemon import Tidemark, cluster
from tests.support.places import free_port
from tests.support.waiting import eventually


class Reload(unittest.TestCase):
    def setUp(self):
        self.daemon = Tidemark([cluster("away", f"127.0.0.1:{free_port()}")]).start()
        self.addCleanup(self.daemon.kill)
        self.good = self.daemon.config.read_text()

    def add_cluster(self, name):
        self.daemon.config.write_text(
            self.good + f'\n[[cluster]]\nname = "{name}"\nbootstrap = "127.0.0.1:{free_port()}"\n')

    def clusters(self):
        try:
            return {row["cluster"] for row in self.daemon.data("/api/v1/clusters")}
        except (OSError, ValueError):
            return None  # between the two lives

    def test_a_bad_one_is_refused_with_all_that_is_wrong(self):
        self.daemon.config.write_text(self.good + "\n[httpp]\n[log]\nlevel = 3\n")
        status, answer, _ = ask(self.daemon, "POST", "/api/v1/reload")
        self.assertEqual((status, answer["error"]["code"]), (400, "bad_configuration"))
        code, _, err = self.daemon.command("reload")
        self.assertEqual(code, 1)
        self.assertIn("tidemark.toml", err)
        self.daemon._process.signal(signal.SIGHUP)
        eventually("the log says it", lambda: "SIGHUP changes nothing" in self.daemon.log())
        self.assertEqual(self.clusters(), {"away"})
        self.assertEqual(events(self.daemon, "configuration_reloaded"), [])

    def test_a_good_one_is_taken_up_by_the_same_process(self):
        pid = self.daemon.pid()
        silenced, _, _ = ask(self.daemon, "POST", "/api/v1/silences",
                             {"group": "g", "comment": "x", "for": "1h"})
        self.assertEqual(silenced, 201)
        self.add_cluster("second")
        code, out, err = self.daemon.command("reload", "--author", "al")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("starts again", out)
        eventually("both are watched", lambda: self.clusters() == {"away", "second"}, 40)
        told, = events(self.daemon, "configuration_reloaded")
        self.assertEqual((told["author"], told["cluster"]), ("al", "away"))
        self.assertEqual(len(self.daemon.data("/api/v1/silences?state=active")), 1)
        started = events(self.daemon, "monitor_started")
        self.assertEqual([event["reason"] for event in started], ["started"], "an end in order")
        self.add_cluster("third")
        self.daemon._process.signal(signal.SIGHUP)
        eventually("the third is watched", lambda: self.clusters() == {"away", "third"}, 40)
        self.assertEqual(self.daemon.pid(), pid)
        self.assertTrue(self.daemon.running())
        self.assertEqual(self.daemon.stop(), 0)

    def test_without_a_file_there_is_nothing_to_read(self):
        daemon = Tidemark([])
        daemon.command_line = lambda: [
            str(daemon.program), "run", "--bootstrap", f"127.0.0.1:{free_port()}", "--listen",
            f"127.0.0.1:{daemon.port}", "--state-dir", str(daemon.folder / "state")]
        daemon.start()
        self.addCleanup(daemon.kill)
        status, answer, _ = ask(daemon, "POST", "/api/v1/reload")
        self.assertEqual((status, answer["error"]["code"]), (409, "no_file"))

    def test_a_port_that_is_taken_is_a_refusal(self):
        other = Tidemark([cluster("other", f"127.0.0.1:{free_port()}")]).start()
        self.addCleanup(other.kill)
        self.daemon.config.write_text(
            self.good.replace(f"127.0.0.1:{self.daemon.port}", f"127.0.0.1:{other.port}"))
        status, answer, _ = ask(self.daemon, "POST", "/api/v1/reload")
        self.assertEqual(status, 400)
        self.assertIn("already in use", answer["error"]["message"])
        self.assertEqual(self.clusters(), {"away"})


if __name__ == "__main__":
    unittest.main()
