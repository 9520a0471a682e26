"""A real SMTP server for a test, and its mails as a mail program reads them."""
import email
import email.policy
import json

from tests.notifiers.trying import certificate
from tests.support.places import SOURCE, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

PYTHON = "/usr/bin/python3"  # where Debian's aiosmtpd is


class SmtpServer:
    def __init__(self, case, tls="none", login=False):
        self.folder = temporary_folder("smtp")
        self.cert, key = certificate(self.folder)
        self.port = free_port()
        command = [PYTHON, SOURCE / "tests/notifiers/smtp_server.py", "--port", self.port,
                   "--folder", self.folder, "--tls", tls]
        if tls != "none":
            command += ["--certificate", self.cert, "--key", key]
        if login:
            command.append("--login")
        process = ChildProcess("smtp", command, self.folder / "log")
        case.addCleanup(process.stop)
        eventually("the SMTP server is ready: " + process.log_tail(),
                   lambda: "ready" in process.log())

    def channel(self, to='"you@example.com"', more=""):
        return (f'[receiver.email]\nserver = "localhost:{self.port}"\nfrom = "tidemark@example.com"\n'
                f"to = {to}\n{more}\n")

    def mails(self):
        """In the order in which they came."""
        files = sorted(self.folder.glob("*.eml"), key=lambda path: int(path.stem))
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in files]

    def envelopes(self):
        return [json.loads(line) for line in (self.folder / "envelopes").read_text().splitlines()]


def part(mail, kind):
    return next(part for part in mail.walk() if part.get_content_type() == kind)
