"""Requests that change something, with whatever headers a client may send."""
import http.client
import json


def ask(daemon, method, path, body=None, token=None, **headers):
    """(HTTP status, decoded JSON, headers of the answer). A header given as None is left out; `_` in a
    name stands for `-`."""
    sent = {"Content-Type": "application/json"}
    if token:
        sent["Authorization"] = f"Bearer {token}"
    for name, value in headers.items():
        sent[name.replace("_", "-")] = value
    connection = http.client.HTTPConnection("127.0.0.1", daemon.port, timeout=20)
    try:
        text = body if isinstance(body, (str, bytes)) else json.dumps(body or {})
        connection.request(method, path, text,
                           {name: value for name, value in sent.items() if value is not None})
        answer = connection.getresponse()
        content = answer.read().decode()
        return answer.status, json.loads(content) if content else None, dict(answer.getheaders())
    finally:
        connection.close()


def events(daemon, kind):
    return daemon.data(f"/api/v1/events?kind={kind}&from_ms=1")
