"""The real `tidemark run` on a temporary configuration and state folder.

    daemon = Tidemark([cluster("live", broker.bootstrap)], policies=[QUICK]).start()
    daemon.wait_ready(); daemon.group("live", "billing")["status"]; daemon.stop()
"""
import json
import re
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from tests.support.places import TIDEMARK, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

# Judges within seconds what the defaults judge within minutes.
QUICK = {
    "intervals": 5, "window": "5s", "allowed_time_lag": "3s", "patience_min": "6s",
    "patience_unknown": "6s",
}


def cluster(name, bootstrap, refresh="1s", kafka=None, **more):
    return {"name": name, "bootstrap": bootstrap, "refresh": refresh, "metadata_refresh": "1s",
            "kafka": kafka or {}, **more}


def _toml(value):
    # JSON's strings, numbers and booleans are TOML's, but for escaped surrogates.
    return json.dumps(value, ensure_ascii=False)


def _table(header, values):
    lines = [header] + [f"{_toml(key)} = {_toml(value)}" for key, value in values.items()
                        if not isinstance(value, dict)]
    return "\n".join(lines) + "\n"


def configuration(port, storage, clusters, policies, log, more):
    parts = [_table("[http]", {"listen": f"127.0.0.1:{port}"}),
             _table("[storage]", storage),
             _table("[log]", log)]
    for one in clusters:
        parts.append(_table("[[cluster]]", one))
        parts.append(_table("[cluster.kafka]", one["kafka"]))
    parts += [_table("[[policy]]", policy) for policy in policies]
    return "\n".join(parts + [more])


class Tidemark:
    """`more`: further tables of the configuration, as TOML."""

    def __init__(self, clusters, policies=(QUICK,), log=None, port=None, program=TIDEMARK, env=None,
                 storage=None, more=""):
        self.program = program
        self.env = env
        self.folder = temporary_folder("daemon")
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.config = self.folder / "tidemark.toml"
        storage = {"state_dir": str(self.folder / "state"), **(storage or {})}
        self.config.write_text(configuration(self.port, storage, clusters, policies, log or {},
                                             more))
        self._process = None

    def command_line(self):
        return [str(self.program), "run", "--config", str(self.config)]

    def start(self):
        self._process = ChildProcess("tidemark", self.command_line(), self.folder / "tidemark.log",
                                     env=self.env)
        eventually("the daemon answers", self._alive, 20)
        return self

    def stop(self, limit=20):
        return self._process.stop(limit)

    def kill(self):
        """SIGKILL, if it was ever started."""
        if self._process:
            self._process.kill()

    def send_stop(self):
        """SIGTERM without waiting."""
        self._process.popen.terminate()

    def interrupt(self):
        """SIGINT, as Ctrl-C."""
        self._process.signal(signal.SIGINT)

    def suspend(self):
        """SIGSTOP: alive, but it does and answers nothing."""
        self._process.suspend()

    def resume(self):
        self._process.resume()

    def wait(self, limit):
        return self._process.wait(limit)

    def running(self):
        return self._process.running()

    def pid(self):
        return self._process.popen.pid

    def log(self):
        return self._process.log()

    def wait_ready(self, within=60):
        return eventually("every cluster is caught up or known to be unreachable",
                          lambda: self.get("/readyz")[0] == 200, within)

    # --- REST -----------------------------------------------------------------------------------

    def get_text(self, path, limit=10):
        try:
            with urllib.request.urlopen(self.url + path, timeout=limit) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def get(self, path):
        """(HTTP status, the decoded JSON)."""
        status, body = self.get_text(path)
        return status, json.loads(body)

    def data(self, path):
        status, answer = self.get(path)
        if status != 200:
            raise AssertionError(f"{path}: HTTP {status}: {answer}")
        return answer["data"]

    def cluster(self, name):
        return self.data(f"/api/v1/clusters/{quoted(name)}")

    def groups(self, cluster_name, **query):
        query = urllib.parse.urlencode({"cluster": cluster_name, "limit": 1000, **query})
        return {row["group"]: row for row in self.data(f"/api/v1/groups?{query}")}

    def group(self, cluster_name, group):
        return self.data(f"/api/v1/clusters/{quoted(cluster_name)}/groups/{quoted(group)}")

    def partitions(self, cluster_name, group):
        """(topic, partition) -> what REST says of it."""
        return {(one["topic"], one["partition"]): one
                for one in self.group(cluster_name, group)["partitions"]}

    # --- metrics --------------------------------------------------------------------------------

    def metrics(self):
        status, text = self.get_text("/metrics")
        if status != 200:
            raise AssertionError(f"/metrics: HTTP {status}")
        return text

    def metric(self, name, **labels):
        """The value of the one series with these labels (it may have more); None if there is none."""
        found = [value for series, value in samples(self.metrics())
                 if series["__name__"] == name and labels.items() <= series.items()]
        if len(found) > 1:
            raise AssertionError(f"{name}{labels} is {len(found)} series")
        return found[0] if found else None

    # --- terminal -------------------------------------------------------------------------------

    def command(self, *arguments, limit=20):
        """Runs another `tidemark …` against this daemon: (exit code, stdout, stderr)."""
        done = subprocess.run([str(TIDEMARK), *arguments, "--url", self.url], capture_output=True,
                              text=True, timeout=limit, check=False)
        return done.returncode, done.stdout, done.stderr

    def _alive(self):
        if not self._process.running():
            raise RuntimeError(f"tidemark ended with {self._process.popen.returncode}: "
                               + self._process.log_tail())
        return self.get("/healthz")[0] == 200


def quoted(name):
    return urllib.parse.quote(name, safe="")


_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
_UNESCAPED = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}


def samples(text):
    """({label: value, "__name__": family}, number) for each line of a metrics page."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            series, _, value = line.rpartition(" ")
            name, _, rest = series.partition("{")
            labels = {key: re.sub(r'\\[n"\\]', lambda m: _UNESCAPED[m.group()], raw)
                      for key, raw in _LABEL.findall(rest)}
            yield {"__name__": name, **labels}, float(value)
