"""Python's view of one ClusterCollector: runs collector_tool and keeps all that it has told."""
import json

from tests.support.places import BUILD, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

TOOL = BUILD / "tests" / "collectors_kafka" / "collector_tool"


class Collector:
    def __init__(self, bootstrap, settings=None, refresh_ms=300, metadata_ms=2000):
        self._folder = temporary_folder("collector")
        command = [TOOL, "--bootstrap", bootstrap, "--seconds", 300, "--until-eof",
                   "--refresh", refresh_ms, "--metadata", metadata_ms]
        for key, value in (settings or {}).items():
            command += ["-X", f"{key}={value}"]
        self._output = self._folder / "observations.jsonl"
        self._process = ChildProcess("collector", ["sh", "-c", 'out=$1; shift; exec "$@" >"$out"', "sh",
                                                   self._output, *command],
                                     self._folder / "log", piped=True)

    def told(self, kind):
        """All observations of a kind, oldest first; an unfinished last line is left for later."""
        lines = self._output.read_text().split("\n")[:-1] if self._output.exists() else []
        return [line for line in map(json.loads, lines) if line["type"] == kind]

    def commits(self):
        """(group, offset) in the order in which they came."""
        return [(commit["group"], commit["offset"]) for batch in self.told("batch")
                for commit in batch["commits"]]

    def positions(self):
        """Of each partition of the offsets topic."""
        out = {}
        for batch in self.told("batch"):
            out.update(batch["positions"])
        return out

    def stable_offsets(self):
        out = {}
        for part in self.told("log_ends"):
            out.update(part["offsets_topic_lso"])
        return out

    def log_ends(self, topic):
        out = {}
        for part in self.told("log_ends"):
            out.update(part["topics"].get(topic, {}))
        return out

    def topics(self):
        seen = self.told("topics")
        return seen[-1]["topics"] if seen else {}

    def topic_settings(self):
        """How long records stay, by topic."""
        out = {}
        for seen in self.told("topic_settings"):
            out.update(seen["topics"])
        return out

    def offsets_partitions(self):
        seen = self.told("topics")
        return seen[-1]["offsets_topic_partitions"] if seen else 0

    def link(self):
        seen = self.told("link")
        return seen[-1] if seen else {"state": "nothing told yet"}

    def probe(self, topic, partition, offset):
        """What the first readable record at or after an offset is."""
        before = len(self.told("probe"))
        self._process.popen.stdin.write(f"probe {topic} {partition} {offset}\n".encode())
        self._process.popen.stdin.flush()
        return eventually("the probe is answered", lambda: self.told("probe")[before:], 20)[0]

    def has_read_everything(self):
        return bool(self.stable_offsets()) and self.positions() == self.stable_offsets()

    def stop(self):
        """Ends it in good order; returns what it says at its end: counters, and how long it took."""
        self._process.popen.stdin.close()
        self._process.wait(30)
        return self.told("end")[-1]
