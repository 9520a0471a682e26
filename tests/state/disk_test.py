"""Disks that fail under the running daemon, and files that a power cut has torn. It is the demo's daemon:
groups get into trouble there by themselves, so there is something to write."""
import json
import os
import random
import resource
import shutil
import unittest
import urllib.request

from tests.support.places import BUILD, TIDEMARK, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

SHIM = BUILD / "tests" / "state" / "libfailing_disk.so"


class Daemon:
    def __init__(self, state=None, env=None):
        self.folder = temporary_folder("disk")
        self.state = state or self.folder / "state"
        self.url = f"http://127.0.0.1:{free_port()}"
        self.process = ChildProcess(
            "demo", [TIDEMARK, "demo", "--listen", self.url.removeprefix("http://"),
                     "--state-dir", self.state], self.folder / "demo.log",
            env={"TMPDIR": str(self.folder), **(env or {})})

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)

    def data(self, path):
        return self.get(path)["data"]

    def health(self):
        return self.data("/healthz")

    def works(self):
        health = self.health()
        return (health["events"]["state"], health["history"]["state"],
                health["events"]["waiting"]) == ("keeping", "recording", 0)

    def wait_working(self, within=90):
        return eventually("events are kept and history is recorded", self.works, within, every=0.2)

    def wait_events(self, least, within=90):
        return eventually(f"{least} events are written",
                          lambda: self.health()["events"]["written"] >= least, within, every=0.2)

    def events(self):
        """All of them, page by page, by (cluster, number)."""
        out, cursor = {}, ""
        while True:
            answer = self.get("/api/v1/events?order=oldest&limit=7" + cursor)
            for row in answer["data"]:
                key = row["cluster"], row["sequence"]
                assert key not in out, f"{key} comes twice"
                out[key] = {**row, "cursor": None}
            if not answer["page"]["next_cursor"]:
                return out
            cursor = "&cursor=" + answer["page"]["next_cursor"]

    def log(self):
        return self.process.log()


class RunningDaemon(unittest.TestCase):
    def start(self, **how):
        daemon = Daemon(**how)
        self.addCleanup(daemon.process.kill)
        eventually("the daemon answers", lambda: daemon.health()["status"] == "ok", 30)
        return daemon

    def expect_answers_go_on(self, daemon):
        before = daemon.get("/api/v1/clusters")["as_of_ms"]
        eventually("reports go on", lambda: daemon.get("/api/v1/clusters")["as_of_ms"] > before, 10)
        self.assertGreater(len(daemon.data("/api/v1/groups?limit=1000")), 5)
        self.assertIsInstance(daemon.data("/api/v1/events"), list)
        with urllib.request.urlopen(daemon.url + "/metrics", timeout=10) as answer:
            text = answer.read().decode()
        self.assertIn("\ntidemark_events_keeping 0\n", text)
        self.assertIn("\ntidemark_history_recording 0\n", text)

    def expect_failing(self, daemon, words):
        def both():
            health = daemon.health()
            return [health[name] for name in ("events", "history")
                    if health[name]["state"] == "failing"][1:]
        eventually("both files fail", both, 90, every=0.2)
        for name, file in (("events", "state.db"), ("history", "history.db")):
            reason = daemon.health()[name]["reason"]
            self.assertIn(f"{daemon.state}/{file}: ", reason)
            self.assertRegex(reason, words)

    def through_trouble(self, daemon, begin, end, words):
        lines = len(daemon.log().splitlines())
        known = daemon.events()
        begin()
        self.expect_failing(daemon, words)
        self.expect_answers_go_on(daemon)
        end()
        daemon.wait_working()
        said = "\n".join(daemon.log().splitlines()[lines:])
        self.assertEqual(said.count("events can't be written: "), 1, said)
        self.assertRegex(said, r"events are written to \S*state.db again")
        self.assertEqual(said.count("the last samples of history are lost: "), 1, said)
        self.assertRegex(said, r"history is recorded again, in \S*history.db")
        health = daemon.health()
        self.assertEqual(health["events"]["lost"], 0)
        self.assertGreater(health["history"]["lost"], 0)
        now = daemon.events()
        self.assertEqual({key: now.get(key) for key in known}, known)

    def on_a_disk_that_is(self, word_of_the_shim, words):
        """A daemon whose disk works, fails in this way, and works again."""
        self.assertTrue(SHIM.exists(), SHIM)
        folder = temporary_folder("disk-state")
        word = folder / "word"
        word.write_text("")
        daemon = self.start(state=folder / "state", env={
            "LD_PRELOAD": str(SHIM), "TIDEMARK_TEST_DISK": str(word),
            "TIDEMARK_TEST_FILES": str(folder / "state")})
        daemon.wait_working()
        daemon.wait_events(1)
        self.through_trouble(daemon, lambda: word.write_text(word_of_the_shim),
                             lambda: word.write_text(""), words)
        self.assertFalse(list(daemon.state.glob("*.damaged-*")))
        self.assertEqual(daemon.process.stop(), 0)

    def test_a_disk_that_is_full_and_then_has_room_again(self):
        self.on_a_disk_that_is("full", r"is full|No space left on device")

    def test_a_disk_that_breaks_and_is_repaired(self):
        self.on_a_disk_that_is("broken", r"disk I/O error \(Input/output error\)")

    def test_a_disk_that_becomes_read_only(self):
        self.on_a_disk_that_is("readonly", "readonly|Read-only file system")

    def test_a_limit_on_the_size_of_files_does_not_end_it(self):
        daemon = self.start()
        daemon.wait_working()
        daemon.wait_events(1)
        _, most = resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE)
        limit = daemon.folder.joinpath("demo.log").stat().st_size + 20_000
        self.assertLess(limit, (daemon.state / "state.db-wal").stat().st_size)
        self.through_trouble(
            daemon,
            lambda: resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (limit, most)),
            lambda: resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (most, most)),
            r"is full|File too large")
        self.assertEqual(daemon.process.stop(), 0)

    def test_after_a_kill_all_that_was_written_is_there_and_no_number_comes_again(self):
        daemon = self.start()
        daemon.wait_working()
        daemon.wait_events(3)
        known = daemon.events()
        daemon.process.kill()
        again = self.start(state=daemon.state)
        again.wait_working()
        again.wait_events(len({cluster for cluster, _ in known}))
        now = again.events()
        written = {key: row for key, row in now.items() if row["kind"] != "monitor_started"}
        self.assertEqual({key: written.get(key) for key in known}, known)
        started = [row for row in now.values() if row["kind"] == "monitor_started"]
        self.assertEqual({row["cluster"] for row in started}, {"DEV", "QA", "STG", "PROD"})
        self.assertEqual({row["reason"] for row in started}, {"ended_without_notice"})
        for row in started:
            before = [number for cluster, number in known if cluster == row["cluster"]]
            self.assertGreater(row["sequence"], 1_000_000 + max(before, default=0))

        again.process.stop()
        third = self.start(state=daemon.state)
        third.wait_events(4)
        newest = [row for row in third.events().values() if row["reason"] == "started"]
        self.assertEqual(len(newest), 4)
        self.assertRegex(newest[0]["sentence"], "^it was away for ")

    def test_files_that_a_power_cut_has_torn(self):
        first = self.start()
        first.wait_working()
        first.wait_events(3)
        first.process.kill()
        chance = random.Random(5)
        for round_number in range(6):
            state = temporary_folder("torn") / "state"
            shutil.copytree(first.state, state)
            torn = self.tear(state, chance)
            daemon = Daemon(state=state)
            try:
                eventually("it answers", lambda: daemon.health()["status"] == "ok", 30)
                daemon.wait_working(60)
                for name in ("events", "history"):
                    self.assertIsNone(daemon.health()[name]["reason"], torn)
                for aside in state.glob("*.damaged-*"):
                    if not aside.name.endswith(("-wal", "-shm")):
                        self.assertIn(f"it is now {aside}, and a new one begins", daemon.log(), torn)
                self.assertEqual(daemon.get("/api/v1/events?order=newest")["data"][0]["kind"],
                                 "monitor_started", (round_number, torn))
            finally:
                daemon.process.kill()

    @staticmethod
    def tear(state, chance):
        """Cuts off the end of a file, or writes rubbish into it: (file, what)."""
        names = ["state.db", "state.db-wal", "history.db", "history.db-wal"]
        done = []
        for name in chance.sample(names, 2):
            path = state / name
            size = path.stat().st_size
            if chance.random() < 0.5:
                os.truncate(path, chance.randrange(size))
                done.append((name, "cut"))
                continue
            with open(path, "r+b") as file:
                file.seek(chance.randrange(size))
                file.write(bytes(chance.randrange(256) for _ in range(600)))
            done.append((name, "rubbish"))
        return done


if __name__ == "__main__":
    unittest.main()
