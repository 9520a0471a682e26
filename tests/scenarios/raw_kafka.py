"""Kafka requests that no client of ours sends any more: joining a group whose protocol is not that of
consumers, and committing with a retention time of one's own, as clients before 2.1 did."""
import socket
import struct

from tests.support.waiting import eventually

OFFSET_COMMIT, JOIN_GROUP, SYNC_GROUP = 8, 11, 14
COORDINATOR_IS_COMING = (14, 15, 16)  # it loads, or the offsets topic is only being made


def text(value):
    data = value.encode()
    return struct.pack(">h", len(data)) + data


def data(value):
    return struct.pack(">i", len(value)) + value


class Connection:
    def __init__(self, port, client_id):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._answers = self._socket.makefile("rb")
        self._client_id = client_id

    def ask(self, api, version, body):
        """The answer's bytes after the correlation id."""
        return self.ask_all(api, version, [body])[0]

    def ask_all(self, api, version, bodies):
        """The same for many, none of which waits for the answer to the one before."""
        head = struct.pack(">hhi", api, version, 1) + text(self._client_id)
        self._socket.sendall(b"".join(data(head + body) for body in bodies))
        return [self._answer() for _ in bodies]

    def _answer(self):
        (size,) = struct.unpack(">i", self._answers.read(4))
        return self._answers.read(size)[4:]

    def close(self):
        self._socket.close()


def accepted(what, error_at, ask):
    """The answer, whose error code is at `error_at`, as soon as the coordinator is there."""
    def answered():
        answer = ask()
        (error,) = struct.unpack_from(">h", answer, error_at % len(answer))
        if error in COORDINATOR_IS_COMING:
            return None
        if error:
            raise ValueError(f"{what}: error {error}")
        return answer
    return eventually(what, answered, 30)


class Worker:
    """The one member of a group of any protocol type; what it tells the group are bytes of its own."""

    def __init__(self, port, group, protocol_type, session_ms=30000):
        self._connection = Connection(port, "worker")
        body = (text(group) + struct.pack(">ii", session_ms, session_ms) + text("")
                + text(protocol_type) + struct.pack(">i", 1) + text("sessioned") + data(b"not Kafka's"))
        answer = accepted(f"{group} takes a member", 4,
                          lambda: self._connection.ask(JOIN_GROUP, 2, body))
        (generation,) = struct.unpack_from(">i", answer, 6)
        member = self._third_text(answer, 10)
        body = (text(group) + struct.pack(">i", generation) + text(member) + struct.pack(">i", 1)
                + text(member) + data(b"tasks of its own"))
        accepted(f"{group} takes an assignment", 4,
                 lambda: self._connection.ask(SYNC_GROUP, 1, body))

    @staticmethod
    def _third_text(answer, at):
        """Protocol name, leader, member id."""
        for _ in range(2):
            (length,) = struct.unpack_from(">h", answer, at)
            at += 2 + length
        (length,) = struct.unpack_from(">h", answer, at)
        return answer[at + 2:at + 2 + length].decode()

    def close(self):
        self._connection.close()


def commit_for(port, group, topic, offset, keep_ms, partition=0):
    """Commits from outside any membership; the broker keeps the offset for `keep_ms`."""
    connection = Connection(port, "an old client")
    body = (text(group) + struct.pack(">i", -1) + text("") + struct.pack(">q", keep_ms)
            + struct.pack(">i", 1) + text(topic) + struct.pack(">i", 1)
            + struct.pack(">iq", partition, offset) + text("kept briefly"))
    accepted(f"{group} commits", -2, lambda: connection.ask(OFFSET_COMMIT, 2, body))
    connection.close()
