"""TLS, SASL and ACLs for a test's broker: a certificate authority in a temporary folder, a SASL_SSL
listener (SCRAM-SHA-512 and PLAIN), a mutual-TLS listener, and an authorizer that allows nothing.

The PLAINTEXT listener's clients are the super user, so that the test can hand out rights.
"""
import subprocess

from tests.support.places import free_port, temporary_folder

SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"
PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"


class Security:
    """`plain_users`: name -> password, fixed at the broker's start (SCRAM users come by admin call)."""

    def __init__(self, plain_users=None):
        self.folder = temporary_folder("tls")
        self.sasl_port = free_port()
        self.tls_port = free_port()
        self._plain_users = plain_users or {}
        self._make_authority()
        self._issue("server", "subjectAltName=IP:127.0.0.1,DNS:localhost")
        (self.folder / "server.keystore").write_text(
            (self.folder / "server.key").read_text() + (self.folder / "server.crt").read_text())

    @property
    def ca(self):
        return self.folder / "ca.crt"

    def client_certificate(self, name):
        """(certificate, key) of a client that the broker knows as User:`name`."""
        self._issue(name, "extendedKeyUsage=clientAuth")
        return self.folder / f"{name}.crt", self.folder / f"{name}.key"

    def broker_properties(self, listeners, protocols):
        """Adds the two listeners and returns what else the broker needs."""
        listeners.update({"SASL_SSL": self.sasl_port, "SSL": self.tls_port})
        protocols.update({"SASL_SSL": "SASL_SSL", "SSL": "SSL"})
        users = "".join(f' user_{name}="{password}"'
                        for name, password in self._plain_users.items())
        return {
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": self.folder / "server.keystore",
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": self.ca,
            "ssl.principal.mapping.rules": "RULE:^CN=([^,]+).*$/$1/,DEFAULT",
            "listener.name.ssl.ssl.client.auth": "required",
            "listener.name.sasl_ssl.sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": f"{SCRAM} required;",
            "listener.name.sasl_ssl.plain.sasl.jaas.config": f"{PLAIN} required{users};",
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:ANONYMOUS",
        }

    def _make_authority(self):
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                      "/CN=Tidemark tests", "-keyout", "ca.key", "-out", "ca.crt")

    def _issue(self, name, extension):
        (self.folder / f"{name}.ext").write_text(extension + "\n")
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout",
                      f"{name}.key", "-out", f"{name}.csr")
        self._openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
                      "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext", "-out",
                      f"{name}.crt")

    def _openssl(self, *arguments):
        done = subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"openssl {arguments[0]}: {done.stderr}")
