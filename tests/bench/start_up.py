"""How long a process with nothing to do takes from its start to its first answer."""
import http.client
import statistics
import time

from tests.bench.cores import MONITOR, on
from tests.support.daemon import Tidemark, cluster
from tests.support.places import free_port
from tests.support.processes import ChildProcess

LIMIT = 20
RETRY_SECONDS = 0.0005


def measure(runs, say):
    """With one cluster, that cannot be reached: there has to be one."""
    say(f"starting {runs} times")
    times = [one_start() for _ in range(runs)]
    return {"runs_ms": times, "median_ms": statistics.median(times), "worst_ms": max(times)}


def one_start():
    daemon = Tidemark([cluster("nowhere", f"127.0.0.1:{free_port()}", refresh="10s",
                               metadata_refresh="1m")], policies=())
    began = time.monotonic()
    with on(MONITOR):
        process = ChildProcess("tidemark", daemon.command_line(), daemon.folder / "tidemark.log")
    try:
        while not healthy(daemon.port):
            if time.monotonic() - began > LIMIT or not process.running():
                raise RuntimeError("the daemon does not answer: " + process.log_tail())
            time.sleep(RETRY_SECONDS)
        return (time.monotonic() - began) * 1e3
    finally:
        process.stop()


def healthy(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()
