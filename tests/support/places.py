"""Where things are: the source tree, the build tree, free ports and temporary folders."""
import atexit
import os
import pathlib
import random
import shutil
import socket
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
# ctest says which build tree is tested; by hand it is the one of tests/run.
BUILD = pathlib.Path(os.environ.get("TIDEMARK_BUILD_DIR", SOURCE / "build" / "test"))
TIDEMARK = BUILD / "tidemark"
KAFKA = SOURCE / "build" / "kafka"
PROMTOOL = pathlib.Path(os.environ.get("TIDEMARK_PROMTOOL", SOURCE / "build/tools/usr/bin/promtool"))

_given_ports = set()


def temporary_folder(name):
    """A folder that is removed when the test exits."""
    folder = tempfile.mkdtemp(prefix=f"tidemark-{name}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return pathlib.Path(folder)


def free_port():
    """A port that nobody listens on, from below the range that outgoing connections take theirs
    from: a server that is stopped and started again finds it free."""
    while True:
        port = random.randint(15000, 32000)
        if port in _given_ports:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given_ports.add(port)
        return port
