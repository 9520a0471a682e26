"""Secured clusters: SASL_SSL with SCRAM and PLAIN, mutual TLS, and ACLs. The rights that
docs/kafka-permissions.md names suffice; one too few is named; nobody else is affected."""
import unittest

from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.security import Security
from tests.support.waiting import eventually
from tests.support.workload import Workload

PLAIN_USERS = {"petra": "petra's secret", "newcomer": "newcomer's secret", "half": "half's secret",
               "unset": "unset's secret"}


def grant(clients, user, resource, name, operation, pattern="LITERAL", take=False):
    (clients.revoke if take else clients.allow)(
        principal=f"User:{user}", resource=resource, name=name, operation=operation,
        pattern=pattern)


def grant_documented_rights(clients, user):
    """What docs/kafka-permissions.md says."""
    grant(clients, user, "TOPIC", "__consumer_offsets", "READ")
    grant(clients, user, "TOPIC", "*", "DESCRIBE")
    grant(clients, user, "TOPIC", "*", "DESCRIBE_CONFIGS")


class SecuredCluster(unittest.TestCase):
    """One broker with ACLs for the class; the test's own hands are the super user."""
    older = False

    @classmethod
    def setUpClass(cls):
        cls.security = Security(PLAIN_USERS)
        cls.broker = Broker(security=cls.security, older=cls.older).start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.clients.create_topic(topic="orders", partitions=2)
        cls.clients.produce(topic="orders", counts=[10, 5])
        cls.clients.alter_offsets(group="billing", topic="orders", offsets={"0": 4, "1": 5})

    @classmethod
    def tearDownClass(cls):
        cls.clients.stop()
        cls.broker.stop()

    def sasl(self, mechanism, user, password):
        return cluster("secured", f"127.0.0.1:{self.security.sasl_port}", kafka={
            "security.protocol": "SASL_SSL", "sasl.mechanism": mechanism, "sasl.username": user,
            "sasl.password": password, "ssl.ca.location": str(self.security.ca)})

    def plain(self, user):
        return self.sasl("PLAIN", user, PLAIN_USERS[user])

    def watch(self, *clusters):
        daemon = Tidemark(list(clusters), policies=()).start()
        self.addCleanup(daemon.stop)
        return daemon

    def expect_state(self, daemon, state, resource=None, right=None, name="secured"):
        def shown():
            seen = daemon.cluster(name)
            self.assertEqual((seen["state"], seen["resource"], seen["right"]),
                             (state, resource, right), seen["problem"])
            return seen
        return eventually(f"{name} is {state}", shown, 40)

    def expect_everything(self, daemon, name="secured"):
        self.expect_state(daemon, "connected", name=name)

        def shown():
            at = daemon.partitions(name, "billing")
            self.assertEqual([(at["orders", p]["committed_offset"], at["orders", p]["log_end"])
                              for p in (0, 1)], [(4, 10), (5, 5)])
            self.assertEqual(daemon.group(name, "billing")["lag"], 6)
            return True
        eventually("commits, log ends and lag are shown", shown, 30)


class Plain(SecuredCluster):
    def test_plain_over_tls_with_the_documented_rights_sees_everything(self):
        grant_documented_rights(self.clients, "petra")
        self.expect_everything(self.watch(self.plain("petra")))

    def test_a_client_certificate_with_the_documented_rights_sees_everything(self):
        certificate, key = self.security.client_certificate("mona")
        grant_documented_rights(self.clients, "mona")
        self.expect_everything(self.watch(cluster(
            "secured", f"127.0.0.1:{self.security.tls_port}", kafka={
                "security.protocol": "SSL", "ssl.ca.location": str(self.security.ca),
                "ssl.certificate.location": str(certificate), "ssl.key.location": str(key)})))

    def test_a_missing_right_is_named_and_its_arrival_is_noticed(self):
        daemon = self.watch(self.plain("newcomer"))
        seen = self.expect_state(daemon, "not_authorized", "Topic __consumer_offsets", "Describe")
        self.assertIn("__consumer_offsets", seen["problem"])
        self.assertEqual(daemon.wait_ready(), True)
        self.assert_told_everywhere(daemon, "Describe")
        grant(self.clients, "newcomer", "TOPIC", "__consumer_offsets", "DESCRIBE")
        self.expect_state(daemon, "not_authorized", "Topic __consumer_offsets", "Read")
        grant_documented_rights(self.clients, "newcomer")
        self.expect_everything(daemon)
        grant(self.clients, "newcomer", "TOPIC", "__consumer_offsets", "READ", take=True)
        self.expect_state(daemon, "not_authorized", "Topic __consumer_offsets", "Read")
        grant(self.clients, "newcomer", "TOPIC", "__consumer_offsets", "READ")
        self.expect_everything(daemon)

    def assert_told_everywhere(self, daemon, right):
        self.assertEqual(daemon.metric(
            "tidemark_cluster_info", cluster="secured", state="not_authorized",
            resource="Topic __consumer_offsets", right=right), 1)
        self.assertEqual(daemon.metric("tidemark_cluster_up", cluster="secured"), 0)
        _, out, err = daemon.command("groups")
        for word in ("secured", "not authorized", "__consumer_offsets", right):
            self.assertIn(word, out + err)

    def test_without_a_right_on_topics_lag_is_unknown_and_nobody_is_accused(self):
        grant(self.clients, "half", "TOPIC", "__consumer_offsets", "READ")
        daemon = self.watch(self.plain("half"))
        self.expect_state(daemon, "connected")
        eventually("the group is seen", lambda: daemon.groups("secured"), 30)
        seen = daemon.group("secured", "billing")
        self.assertIsNone(seen["lag"])
        self.assertEqual(seen["status"], "UNKNOWN")

    def test_without_the_right_to_read_settings_only_they_are_unknown(self):
        grant(self.clients, "unset", "TOPIC", "__consumer_offsets", "READ")
        grant(self.clients, "unset", "TOPIC", "*", "DESCRIBE")
        daemon = self.watch(self.plain("unset"))
        self.expect_everything(daemon)
        eventually("it is said", lambda: "The right is DescribeConfigs" in daemon.log())
        self.assertIsNone(daemon.data("/api/v1/clusters/secured/topics/orders")["settings"])
        self.clients.create_topic(topic="another")
        counted = {"cluster": "secured", "kind": "topic_settings"}
        eventually("the next refusal is counted", lambda: daemon.metric(
            "tidemark_cluster_collector_errors_total", **counted) > 1)
        self.assertEqual(daemon.log().count("The right is DescribeConfigs"), 1, "and said once")

    def test_scram_works_or_says_which_librdkafka_it_needs(self):
        self.clients.create_user(user="scott", password="scott's secret")
        grant_documented_rights(self.clients, "scott")
        daemon = self.watch(self.sasl("SCRAM-SHA-512", "scott", "scott's secret"))

        def told():
            seen = daemon.cluster("secured")
            self.assertIn(seen["state"], ("connected", "authentication_failed"))
            return seen
        seen = eventually("the login is through or refused", told, 30)
        if seen["state"] == "connected":
            self.expect_everything(daemon)
        else:
            self.assertRegex(seen["problem"], r"librdkafka .*2\.6\.1")

    def test_a_wrong_password_is_told_and_others_are_unaffected(self):
        open_cluster = cluster("open", self.broker.bootstrap)
        daemon = self.watch(self.sasl("PLAIN", "petra", "not her secret"), open_cluster)
        seen = self.expect_state(daemon, "authentication_failed")
        self.assertNotIn("not her secret", seen["problem"] + daemon.log())
        self.expect_everything(daemon, name="open")
        daemon.wait_ready()

    def test_a_broker_that_cannot_prove_who_it_is_is_refused(self):
        stranger = Security()
        distrusting = self.plain("petra")
        distrusting["kafka"]["ssl.ca.location"] = str(stranger.ca)
        seen = self.expect_state(self.watch(distrusting), "authentication_failed")
        self.assertIn("certificate", seen["problem"].lower())


class Scram(SecuredCluster):
    older = True  # Debian 12's librdkafka speaks SCRAM as brokers before 4.0 accept it

    def test_scram_over_tls_with_the_documented_rights_sees_everything(self):
        self.clients.create_user(user="sam", password="sam's secret")
        grant_documented_rights(self.clients, "sam")
        self.expect_everything(self.watch(self.sasl("SCRAM-SHA-512", "sam", "sam's secret")))

    def test_a_wrong_password_is_told(self):
        self.clients.create_user(user="tim", password="tim's secret")
        daemon = self.watch(self.sasl("SCRAM-SHA-512", "tim", "not his secret"))
        self.expect_state(daemon, "authentication_failed")


del SecuredCluster  # only its children are tests

if __name__ == "__main__":
    unittest.main()
