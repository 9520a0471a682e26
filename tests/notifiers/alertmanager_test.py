"""A real Alertmanager: it shows the alert while it is open, ends it when it is over, and by itself
when nobody tells it again."""
import json
import os
import pathlib
import unittest
import urllib.request

from tests.notifiers.trying import try_receiver
from tests.support.places import SOURCE, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

ALERTMANAGER = pathlib.Path(os.environ.get(
    "TIDEMARK_ALERTMANAGER", SOURCE / "build/tools/usr/bin/prometheus-alertmanager"))
TEMPLATES = "/usr/share/prometheus/alertmanager"  # where Debian's program looks for them
QUIET = "route:\n  receiver: nobody\nreceivers:\n- name: nobody\n"


def runnable(folder):
    """The program; unpacked without being installed, a copy that looks for its templates below the
    folder that it is started in."""
    unpacked = ALERTMANAGER.parents[2] / TEMPLATES[1:]
    if not unpacked.is_dir() or str(unpacked) == TEMPLATES:
        return ALERTMANAGER
    (folder / "templates").symlink_to(unpacked)
    here = b"." + b"templates".rjust(len(TEMPLATES) - 1, b"/")
    program = folder / "alertmanager"
    program.write_bytes(ALERTMANAGER.read_bytes().replace(TEMPLATES.encode(), here))
    program.chmod(0o755)
    return program


class Alertmanager:
    def __init__(self, case):
        folder = temporary_folder("alertmanager")
        (folder / "config.yml").write_text(QUIET)
        self.url = f"http://127.0.0.1:{free_port()}"
        process = ChildProcess(
            "alertmanager",
            [runnable(folder), f"--config.file={folder}/config.yml", f"--storage.path={folder}",
             f"--web.listen-address={self.url[7:]}", "--cluster.listen-address="], folder / "log",
            cwd=folder)
        case.addCleanup(process.stop)
        eventually("Alertmanager answers", lambda: self.get("/-/ready"))

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=5) as reply:
            return reply.read()

    def alerts(self):
        """Those that are open."""
        return json.loads(self.get("/api/v2/alerts"))


class Alerts(unittest.TestCase):
    def test_are_shown_while_open_and_gone_when_over(self):
        manager = Alertmanager(self)
        channel = (f'[receiver.alertmanager]\nurls = "{manager.url}/"\nlabels = {{ env = "test" }}\n'
                   'valid_for = "1h"\n')
        answer = try_receiver(channel, "--keep-open")
        self.assertEqual(answer.code, 0, answer.text)
        alert, = eventually("the alert is there", manager.alerts)
        self.assertEqual(alert["labels"], {
            "alertname": "Tidemark_status", "cluster": "SAMPLE", "env": "test",
            "group": "payments-sample", "severity": "critical", "team": "payments"})
        self.assertIn("orders-3 is STOPPED", alert["annotations"]["description"])
        self.assertIn("/ui/#/SAMPLE/groups/payments-sample", alert["generatorURL"])
        self.assertEqual(try_receiver(channel).code, 0)
        eventually("the alert is over", lambda: manager.alerts() == [])

    def test_each_of_several_managers_is_told(self):
        manager = Alertmanager(self)
        dead = f"http://127.0.0.1:{free_port()}"
        answer = try_receiver(f'[receiver.alertmanager]\nurls = ["{dead}", "{manager.url}"]',
                              "--keep-open")
        self.assertEqual(answer.code, 1)
        self.assertIn(f"try_again {dead}: ", answer.err)
        self.assertIn(f"delivered {manager.url}: 200", answer.out)
        eventually("the alert is there", manager.alerts)


if __name__ == "__main__":
    unittest.main()
