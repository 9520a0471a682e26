"""`tidemark test-receiver` as a test uses it."""
import subprocess
import tempfile

from tests.support.places import TIDEMARK


def certificate(folder):
    """A self-signed one of localhost; it is its own authority."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
                   check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


class Answer:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def text(self):
        return self.out + self.err


def try_receiver(channel, *flags, receiver="", env=None, limit=60, name="r", receiver_name="r"):
    """`channel`: the TOML of its table; `receiver`: further keys of [[receiver]]."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write('[[cluster]]\nname = "A"\nbootstrap = "127.0.0.1:1"\n'
                   f'[[receiver]]\nname = "{receiver_name}"\n{receiver}\n{channel}\n')
        file.flush()
        clean = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **(env or {})}
        return Answer(subprocess.run([TIDEMARK, "test-receiver", name, "--config", file.name, *flags],
                                     capture_output=True, text=True, timeout=limit, env=clean,
                                     check=False))
