"""deploy/tidemark.service: what it says is what `tidemark` takes and what docs/service.md installs. Read
line by line, which needs nothing; where systemd-analyze is there, by systemd as well."""
import pathlib
import re
import shutil
import subprocess
import unittest

from tests.support.places import TIDEMARK, temporary_folder

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy/tidemark.service"
DOCS = ROOT / "docs/service.md"
PROGRAM, CONFIG, STATE = ("/usr/local/bin/tidemark", "/etc/tidemark/tidemark.toml",
                          "/var/lib/tidemark")
SWITCHES = {"yes", "no"}
# Of a newer systemd than Debian 12 has, which leaves them out with a warning.
NEWER = ("RestartSteps", "RestartMaxDelaySec")


def read(text):
    """{section: {key: value}}; nothing is said twice."""
    sections, current = {}, None
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if re.fullmatch(r"\[[A-Z]\w+\]", line):
            current = sections.setdefault(line[1:-1], {})
            continue
        key, equals, value = line.partition("=")
        if current is None or not equals or not re.fullmatch(r"[A-Z]\w+", key) or key in current:
            raise AssertionError(f"line {number}: {line}")
        current[key] = value
    return sections


def tidemark(*arguments, **environment):
    return subprocess.run([str(TIDEMARK), *map(str, arguments)], capture_output=True, text=True,
                          timeout=30, check=False, env=environment)


class Unit(unittest.TestCase):
    def setUp(self):
        self.text = UNIT.read_text()
        self.unit = read(self.text)
        self.service = self.unit["Service"]

    def test_it_has_the_sections_that_a_service_has(self):
        self.assertEqual(list(self.unit), ["Unit", "Service", "Install"])
        self.assertEqual(self.unit["Install"], {"WantedBy": "multi-user.target"})

    def test_it_starts_what_the_command_line_knows(self):
        words = self.service["ExecStart"].split()
        self.assertEqual(words[:2], [PROGRAM, "run"])
        help_text = tidemark("run", "--help").stdout
        for flag in (word for word in words if word.startswith("-")):
            self.assertRegex(help_text, rf"(?m)^\s+(-\w, ?)?{flag}\b")
        self.assertEqual(dict(zip(words[2::2], words[3::2])),
                         {"--config": CONFIG, "--state-dir": STATE})
        self.assertEqual(self.service["Type"], "exec")  # it tells systemd nothing by itself

    def test_its_state_is_where_systemd_lets_it_write(self):
        self.assertEqual("/var/lib/" + self.service["StateDirectory"], STATE)
        self.assertEqual(self.service["DynamicUser"], "yes")
        self.assertEqual(self.service["ProtectSystem"], "strict")

    def test_a_reload_is_the_signal_that_it_reloads_on(self):
        self.assertEqual(self.service["ExecReload"], "/bin/kill -HUP $MAINPID")
        self.assertIn(self.service["ExecReload"], (ROOT / "docs/configuration.md").read_text())

    def test_it_is_started_again_but_not_with_a_bad_configuration(self):
        self.assertEqual(self.service["Restart"], "on-failure")
        self.assertEqual(self.unit["Unit"]["StartLimitIntervalSec"], "0")
        self.assertLess(int(self.service["RestartSec"]), int(self.service["RestartMaxDelaySec"]))
        bad = temporary_folder("service") / "tidemark.toml"
        bad.write_text("[htp]\n")
        done = tidemark("run", "--config", bad, "--state-dir", bad.parent)
        self.assertEqual(str(done.returncode), self.service["RestartPreventExitStatus"], done.stderr)
        self.assertGreater(int(self.service["TimeoutStopSec"]), 10)  # its own hard end

    def test_a_secret_that_systemd_hands_over_is_a_file_like_any_other(self):
        credential = re.search(r"(?m)^#LoadCredential=(\w+):/etc/tidemark/", self.text).group(1)
        setting = re.search(r"(?m)^# +(password_file = .*)$", self.text).group(1)
        self.assertIn("${CREDENTIALS_DIRECTORY}/" + credential, setting)
        self.assertIn(f"`{setting}`", DOCS.read_text())
        folder = temporary_folder("service")
        (folder / credential).write_text("a secret\n")
        config = folder / "tidemark.toml"
        config.write_text('[[cluster]]\nname = "a"\nbootstrap = "a:1"\n[[receiver]]\nname = "r"\n'
                          '[receiver.email]\nserver = "smtp:587"\nusername = "u"\n'
                          f'from = "a@example.org"\nto = ["b@example.org"]\n{setting}\n')
        done = tidemark("check-config", config, CREDENTIALS_DIRECTORY=str(folder))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(tidemark("check-config", config).returncode, 2, "it does read the file")

    def test_it_may_do_what_it_needs_and_no_more(self):
        families = set(self.service["RestrictAddressFamilies"].split())
        self.assertLessEqual({"AF_INET", "AF_INET6", "AF_UNIX"}, families)
        self.assertEqual(self.service["CapabilityBoundingSet"], "")
        self.assertEqual(self.service["SystemCallFilter"], "@system-service")
        for key in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome",
                    "ProtectKernelModules", "RestrictNamespaces", "MemoryDenyWriteExecute"):
            self.assertEqual(self.service[key], "yes", key)
        for key, value in self.service.items():
            if key.startswith(("Private", "Lock", "Memory", "NoNew")):
                self.assertIn(value, SWITCHES, key)

    def test_the_documentation_installs_what_it_names(self):
        installed = dict(reversed(line.split()[-2:]) for line in
                         (line.split("#")[0] for line in DOCS.read_text().splitlines())
                         if line.startswith("install "))
        self.assertEqual(installed, {
            PROGRAM: "build/release/tidemark", CONFIG: "config/tidemark.example.toml",
            "/etc/systemd/system/tidemark.service": "deploy/tidemark.service"})
        for source in (CONFIG, "/etc/systemd/system/tidemark.service"):
            self.assertTrue((ROOT / installed[source]).is_file(), source)

    def test_systemd_understands_it_where_there_is_one(self):
        analyze = shutil.which("systemd-analyze")
        if analyze is None:  # the other tests have read it
            return
        copy = temporary_folder("service") / "tidemark.service"
        copy.write_text(self.text.replace(PROGRAM, str(TIDEMARK)).replace("/bin/kill",
                                                                          shutil.which("true")))
        done = subprocess.run([analyze, "verify", "--man=no", str(copy)], capture_output=True,
                              text=True, timeout=60, check=False)
        wrong = [line for line in (done.stdout + done.stderr).splitlines()
                 if "tidemark.service" in line and not any(f"'{key}'" in line for key in NEWER)]
        self.assertEqual((done.returncode, wrong), (0, []))


if __name__ == "__main__":
    unittest.main()
