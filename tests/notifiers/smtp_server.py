"""A real SMTP server, Debian's aiosmtpd, as a process: certificate, whether it wants STARTTLS, TLS from
the first byte, a login. What it took goes into a folder, one file a mail and one JSON line of its
envelope; what it refuses depends on the recipient."""
import argparse
import json
import pathlib
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

REPLIES = {"nobody@": "550 5.1.1 no such user", "full@": "452 4.2.2 mailbox full",
           "grey@": "451 4.7.1 greylisted, come back"}


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        for beginning, reply in REPLIES.items():
            if address.startswith(beginning):
                return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):
        self.count += 1
        (self.folder / f"{self.count}.eml").write_bytes(envelope.original_content)
        with open(self.folder / "envelopes", "a") as lines:
            lines.write(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos,
                                    "tls": session.ssl is not None,
                                    "login": session.authenticated}) + "\n")
        return f"250 OK queued as {self.count}"


def authenticator(_server, _session, _envelope, _mechanism, data):
    fine = isinstance(data, LoginPassword) and data.login == b"u" and data.password == b"s3cr3t-pw"
    return AuthResult(success=fine, handled=False)


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, **self.SMTP_kwargs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--tls", choices=["none", "starttls", "tls"], default="none")
    parser.add_argument("--login", action="store_true")
    wanted = parser.parse_args()
    context = None
    if wanted.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(wanted.certificate, wanted.key)
    options = {"enable_SMTPUTF8": False}
    if wanted.tls == "starttls":
        options.update(tls_context=context, require_starttls=True)
    if wanted.login:
        options.update(auth_required=True, authenticator=authenticator,
                       auth_require_tls=wanted.tls == "starttls")
    server = Server(Handler(wanted.folder), hostname="127.0.0.1", port=wanted.port,
                    ssl_context=context if wanted.tls == "tls" else None, **options)
    server.start()
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
