"""HTTP servers that stand for the APIs which receivers speak to. Strict: a request that the API's
documentation does not allow is answered as the API would answer it."""
import base64
import http.server
import json
import re
import socket
import ssl
import struct
import threading
import time
import urllib.parse


class Request:
    def __init__(self, method, path, headers, body):
        self.method, self.path, self.headers, self.body = method, path, headers, body
        self.at = time.monotonic()

    def json(self):
        return json.loads(self.body)

    def form(self):
        return dict(urllib.parse.parse_qsl(self.body.decode(), strict_parsing=True))


class Fake:
    """A server on a free port. `accept(request)` gives (status, body) of an answer; what is put into
    `next_answers` comes first: (status, headers, body), "reset" or "hang". `tls`: certificate and key."""

    def __init__(self, case, accept, tls=None):
        self.requests = []
        self.next_answers = []
        self._accept = accept
        self._over = threading.Event()
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                fake._answer(self)

            do_GET = do_PUT = do_POST

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_: None  # a client that hangs up is no news
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = self._server.server_port
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True,
                                                      do_handshake_on_connect=False)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        case.addCleanup(self._stop)

    def _stop(self):
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        request = Request(handler.command, handler.path, handler.headers, body)
        self.requests.append(request)
        answer = self.next_answers.pop(0) if self.next_answers else None
        if answer == "hang":
            self._over.wait(60)
            return
        if answer == "reset":
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            handler.close_connection = True
            return
        if answer is None:
            status, text = self._accept(request)
            answer = (status, {}, text)
        status, headers, text = answer
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text.encode())


def wrong_text(text, most, kinds):
    if not isinstance(text, dict) or text.get("type") not in kinds:
        return True
    if not 1 <= len(text.get("text", "")) <= most:
        return True
    known = {"type", "text", "emoji"} if text["type"] == "plain_text" else {"type", "text", "verbatim"}
    return bool(set(text) - known)


def wrong_block(block):
    kind = block.get("type")
    if kind == "header":
        return wrong_text(block.get("text"), 150, {"plain_text"})
    if kind == "section":
        return wrong_text(block.get("text"), 3000, {"plain_text", "mrkdwn"})
    if kind == "actions":
        return not block["elements"] or any(
            element.get("type") != "button" or len(element.get("url", "x")) > 3000
            or wrong_text(element.get("text"), 75, {"plain_text"}) for element in block["elements"])
    if kind == "rich_text":
        return any(element.get("type") != "rich_text_preformatted"
                   or any(set(run) != {"type", "text"} or run["type"] != "text" or not run["text"]
                          for run in element["elements"]) for element in block["elements"])
    return True


def slack(request):
    if not request.headers["Content-Type"].startswith("application/json"):
        return 400, "invalid_payload"
    try:
        message = request.json()
    except ValueError:
        return 400, "invalid_payload"
    if not message.get("text"):
        return 400, "no_text"
    blocks = message.get("blocks", [])
    if not 1 <= len(blocks) <= 50 or any(wrong_block(block) for block in blocks):
        return 400, "invalid_blocks"
    return 200, "ok"


RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def wrong_event(event):
    errors = []
    if not re.fullmatch(r"[0-9a-zA-Z]{32}", event.get("routing_key", "")):
        errors.append("'routing_key' must be 32 characters")
    if event.get("event_action") not in ("trigger", "acknowledge", "resolve"):
        errors.append("'event_action' is invalid")
    if len(event.get("dedup_key", "")) > 255:
        errors.append("'dedup_key' is too long")
    if event.get("event_action") == "trigger":
        payload = event.get("payload", {})
        if not 1 <= len(payload.get("summary", "")) <= 1024 or not payload.get("source"):
            errors.append("'payload' lacks summary or source")
        if payload.get("severity") not in ("critical", "error", "warning", "info"):
            errors.append("'payload.severity' is invalid")
        if not RFC3339.fullmatch(payload.get("timestamp", "")):
            errors.append("'payload.timestamp' is invalid")
    elif not event.get("dedup_key"):
        errors.append("'dedup_key' is missing")
    return errors


def pagerduty(request):
    event = request.json()
    errors = wrong_event(event)
    if request.path != "/v2/enqueue" or errors:
        return 400, json.dumps({"status": "invalid event", "message": "Event object is invalid",
                                "errors": errors})
    return 202, json.dumps({"status": "success", "message": "Event processed",
                            "dedup_key": event["dedup_key"]})


def twilio(account, token):
    def accept(request):
        login = "Basic " + base64.b64encode(f"{account}:{token}".encode()).decode()
        if request.headers.get("Authorization") != login:
            return 401, json.dumps({"code": 20003, "message": "Authenticate", "status": 401})
        if request.path != f"/2010-04-01/Accounts/{account}/Messages.json":
            return 404, json.dumps({"code": 20404, "message": "not found", "status": 404})
        form = request.form()
        if ("From" in form) == ("MessagingServiceSid" in form) or not form.get("Body"):
            return 400, json.dumps({"code": 21602, "message": "Message body is required", "status": 400})
        if not re.fullmatch(r"\+[1-9]\d{6,14}", form.get("To", "")):
            return 400, json.dumps({"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400})
        return 201, json.dumps({"sid": "SM" + "0" * 32, "status": "queued", "error_code": None,
                                "num_segments": "1", "body": form["Body"]})
    return accept


def anything(_request):
    return 200, "thank you"
