"""A real Apache Kafka broker (KRaft, one node) on free ports in a temporary folder.

    broker = Broker()                       # formats its storage; PLAINTEXT
    broker.start(); …; broker.stop(); broker.start()      # the data stays
    broker.tool("org.apache.kafka.tools.TopicCommand", "--list")

    second = Broker(node=2, joins=broker, properties=broker.properties)    # of the same cluster

With `security=Security(…)` it also has SASL_SSL and mTLS listeners and checks ACLs. The PLAINTEXT
listener is there always; under ACLs it belongs to the super user, for the test's own hands. With
`older=True` it is the last release before 4.0.
"""
import base64
import os
import socket
import struct
import subprocess

from tests.support.places import KAFKA, SOURCE, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

CLASSPATH = f"{KAFKA}/classes:{KAFKA}/jars/*"
OLDER_CLASSPATH = f"{KAFKA}/jars-older/*"
LOG_CONFIG = f"-Dlog4j2.configurationFile={SOURCE}/tests/kafka/log4j2.properties"
QUICK_JVM = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


def java(*arguments, heap="128m", jvm=QUICK_JVM, classpath=CLASSPATH):
    return ["java", f"-Xmx{heap}", *jvm, LOG_CONFIG, "-cp", classpath, *arguments]


class Broker:
    def __init__(self, properties=None, security=None, heap="512m", jvm=QUICK_JVM, older=False,
                 node=1, joins=None):
        self.folder = temporary_folder("broker")
        self.port = free_port()
        self.properties = properties or {}
        self.security = security
        self._node = node
        self._controller = joins._controller if joins else free_port()
        self._joins = joins
        self._cluster_id = joins._cluster_id if joins else _random_cluster_id()
        self._classpath = OLDER_CLASSPATH if older else CLASSPATH
        self._command = java("kafka.Kafka", self.folder / "broker.properties", heap=heap, jvm=jvm,
                             classpath=self._classpath)
        self._process = None
        self._write_properties(self.properties)
        self._format()

    @property
    def bootstrap(self):
        return f"127.0.0.1:{self.port}"

    def start(self, within=60):
        """Returns when the broker lists itself in its metadata: the open port alone says little."""
        self._process = ChildProcess("broker", self._command, self.folder / "broker.log")
        eventually("the broker answers", self._listed, within)
        return self

    def started(self):
        return self._process is not None

    def stop(self, limit=30):
        return self._process.stop(limit)

    def kill(self):
        return self._process.kill()

    def suspend(self):
        self._process.suspend()

    def resume(self):
        self._process.resume()

    def log(self):
        return self._process.log()

    def tool(self, class_name, *arguments, limit=60):
        """The output of one of Kafka's own command-line tools."""
        command = java(class_name, "--bootstrap-server", self.bootstrap, *arguments)
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                              timeout=limit, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{class_name} failed: {done.stdout}\n{done.stderr}")
        return done.stdout

    def _write_properties(self, overrides):
        listeners = {"PLAINTEXT": self.port}
        if not self._joins:
            listeners["CONTROLLER"] = self._controller
        protocols = {"PLAINTEXT": "PLAINTEXT", "CONTROLLER": "PLAINTEXT"}
        extra = {}
        if self.security:
            extra = self.security.broker_properties(listeners, protocols)
        addresses = ",".join(f"{name}://127.0.0.1:{port}" for name, port in listeners.items())
        properties = {
            "process.roles": "broker" if self._joins else "broker,controller",
            "node.id": self._node,
            "log.dirs": self.folder / "data",
            "listeners": addresses,
            "advertised.listeners": addresses,
            "listener.security.protocol.map": ",".join(
                f"{name}:{protocol}" for name, protocol in protocols.items()),
            "inter.broker.listener.name": "PLAINTEXT",
            "controller.listener.names": "CONTROLLER",
            "controller.quorum.bootstrap.servers": f"127.0.0.1:{self._controller}",
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 8,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "transaction.state.log.num.partitions": 4,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
            "group.consumer.heartbeat.interval.ms": 1000,
            "group.consumer.session.timeout.ms": 10000,
            "group.consumer.min.heartbeat.interval.ms": 1000,
            "group.consumer.min.session.timeout.ms": 3000,
            "group.min.session.timeout.ms": 3000,
            "auto.create.topics.enable": "false",
            "log.retention.check.interval.ms": 1000,
            "controlled.shutdown.enable": "true",
            **extra,
            **overrides,
        }
        lines = [f"{key}={value}\n" for key, value in properties.items()]
        (self.folder / "broker.properties").write_text("".join(lines))

    def _format(self):
        alone = [] if self._joins else ["--standalone"]
        command = java("kafka.tools.StorageTool", "format", *alone, "-t", self._cluster_id, "-c",
                       self.folder / "broker.properties", classpath=self._classpath)
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                              timeout=60, check=False)
        if done.returncode != 0:
            raise AssertionError(f"formatting the broker's storage: {done.stdout}\n{done.stderr}")

    def _listed(self):
        if not self._process.running():
            raise RuntimeError("the broker ended: " + self._process.log_tail())
        return self.port in broker_ports("127.0.0.1", self.port)


def _random_cluster_id():
    return "T" + base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")[1:]


def broker_ports(host, port):
    """The ports of the brokers that a Metadata request (version 4, no topics) lists."""
    body = struct.pack(">hhih", 3, 4, 1, -1) + struct.pack(">i?", 0, False)
    with socket.create_connection((host, port), timeout=5) as connection:
        connection.sendall(struct.pack(">i", len(body)) + body)
        answer = connection.makefile("rb")
        size = answer.read(4)
        if len(size) < 4:
            return []
        data = answer.read(struct.unpack(">i", size)[0])
    count = struct.unpack_from(">i", data, 8)[0]  # after correlation id and throttle time
    at, ports = 12, []
    for _ in range(count):
        (length,) = struct.unpack_from(">h", data, at + 4)
        at += 6 + length
        ports.append(struct.unpack_from(">i", data, at)[0])
        (rack,) = struct.unpack_from(">h", data, at + 4)
        at += 6 + max(rack, 0)
    return ports
