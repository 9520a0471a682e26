"""Python's hand on the Java workload (tests/kafka/src): real producers, consumers and admin calls.

    clients = Workload(broker.bootstrap)
    clients.create_topic(topic="orders", partitions=3)
    clients.consume(name="c1", group="billing", topics=["orders"], protocol="consumer")

Every method is one of the workload's commands with its fields as keywords; the answer is what the
command returns. Consumers live as long as the workload: kill() lets them die without a goodbye.
"""
import json
import selectors

from tests.support.broker import java
from tests.support.places import temporary_folder
from tests.support.processes import ChildProcess


class CommandFailed(AssertionError):
    """The workload's answer to a command was an error."""


class Workload:
    def __init__(self, bootstrap, client_properties=None):
        folder = temporary_folder("workload")
        arguments = [bootstrap]
        if client_properties:
            path = folder / "client.properties"
            path.write_text("".join(f"{k}={v}\n" for k, v in client_properties.items()))
            arguments.append(path)
        self._process = ChildProcess("workload", java("Workload", *arguments, heap="256m"),
                                     folder / "workload.log", piped=True)
        self._answers = selectors.DefaultSelector()
        self._answers.register(self._process.popen.stdout, selectors.EVENT_READ)

    def __getattr__(self, command):
        if command.startswith("_"):
            raise AttributeError(command)
        return lambda **fields: self.run(command, **fields)

    def run(self, command, limit=60, **fields):
        line = json.dumps({"do": command, **fields})
        self._process.popen.stdin.write(line.encode() + b"\n")
        self._process.popen.stdin.flush()
        if not self._answers.select(limit):
            raise CommandFailed(f"no answer to {line}; {self._process.log_tail()}")
        answer = self._process.popen.stdout.readline()
        if not answer:
            raise CommandFailed(f"the workload ended at {line}; {self._process.log_tail()}")
        answer = json.loads(answer)
        if "error" in answer:
            raise CommandFailed(f"{command} {fields}: {answer['error']}")
        return answer["result"]

    def log(self):
        return self._process.log()

    def stop(self):
        """Closes everything in good order; consumers leave their groups."""
        self._answers.close()
        self._process.popen.stdin.close()
        return self._process.stop()

    def kill(self):
        self._answers.close()
        return self._process.kill()
