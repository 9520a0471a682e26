"""deploy/dependencies and deploy/quickstart do what they say, with every command that they call
(apt-get, sudo, cmake, ninja, tidemark itself) replaced by one that notes how it was called."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
REAL_TOOLS = ("bash", "env", "sed", "grep", "awk", "mkdir", "basename", "dirname", "cat", "rm", "tar")


class Sandbox:
    """A copy of deploy/ and a PATH with nothing on it but a few real tools and the fakes."""

    def __init__(self, case):
        folder = tempfile.TemporaryDirectory()
        case.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.bin = self.root / "bin"
        self.notes = self.root / "notes"
        self.home = self.root / "home"
        self.bin.mkdir()
        self.home.mkdir()
        shutil.copytree(ROOT / "deploy", self.root / "tree/deploy")
        for tool in REAL_TOOLS:
            os.symlink(shutil.which(tool), self.bin / tool)

    def fake(self, path, script=":"):
        path = self.bin / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "$(basename "$0") $*" >>{self.notes}\n{script}\n')
        path.chmod(0o755)

    def run(self, *command, **environment):
        return subprocess.run(
            [str(self.root / "tree" / command[0]), *command[1:]], capture_output=True, text=True,
            check=False, env={"PATH": str(self.bin), "HOME": str(self.home), **environment})

    def calls(self):
        return self.notes.read_text().splitlines() if self.notes.exists() else []


class Dependencies(unittest.TestCase):
    def sandbox(self, user_id, installed, sudo):
        box = Sandbox(self)
        box.fake("id", f"echo {user_id}")
        box.fake("dpkg-query", "echo installed" if installed else "exit 1")
        box.fake("apt-get")
        if sudo:
            box.fake("sudo", '"$@"')
        return box

    def installs(self, box):
        return [call for call in box.calls() if call.startswith(("apt-get", "sudo"))]

    def test_when_nothing_is_missing_nobody_is_asked_for_anything(self):
        box = self.sandbox(1000, installed=True, sudo=False)
        done = box.run("deploy/dependencies", "build")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(self.installs(box), [])

    def test_root_installs_what_is_missing(self):
        box = self.sandbox(0, installed=False, sudo=False)
        self.assertEqual(box.run("deploy/dependencies", "build").returncode, 0)
        update, install = self.installs(box)
        self.assertEqual(update, "apt-get update -q")
        for word in ("--no-install-recommends", "librdkafka-dev", "cmake", "g++"):
            self.assertIn(word, install.split())

    def test_others_install_through_sudo(self):
        box = self.sandbox(1000, installed=False, sudo=True)
        self.assertEqual(box.run("deploy/dependencies", "build").returncode, 0)
        self.assertTrue(any(call.startswith("sudo") and "librdkafka-dev" in call
                            for call in self.installs(box)))

    def test_with_neither_the_line_to_run_is_printed(self):
        box = self.sandbox(1000, installed=False, sudo=False)
        done = box.run("deploy/dependencies", "build")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"apt-get install .*librdkafka-dev")
        self.assertEqual(self.installs(box), [])

    def test_an_unknown_argument_is_named(self):
        done = self.sandbox(0, installed=True, sudo=False).run("deploy/dependencies", "everything")
        self.assertEqual(done.returncode, 2)
        self.assertIn("everything", done.stderr)


class Quickstart(unittest.TestCase):
    def setUp(self):
        self.box = Sandbox(self)
        self.box.fake("id", "echo 0")
        self.box.fake("dpkg-query", "echo installed")
        self.box.fake("cmake")
        self.box.fake("ninja", "for step in 1 2 3 4 5 6 7 8 9 10 11 12; do"
                               " echo \"[$step/12] Building\"; done; echo 'one more line'")
        self.box.fake("../tree/build/release/tidemark", "exit 7")

    def start(self, *arguments, **environment):
        return self.box.run("deploy/quickstart", *arguments, **environment)

    def started(self):
        """How tidemark was called; it came last."""
        return self.box.calls()[-1]

    def config(self, name="tidemark.toml"):
        return self.box.home / ".config/tidemark" / name

    def test_without_arguments_it_builds_and_becomes_the_demo(self):
        done = self.start()
        self.assertEqual(self.started(), "tidemark demo")
        self.assertEqual(done.returncode, 7)  # tidemark's own
        self.assertIn("[1/12]", done.stdout)
        self.assertIn("[11/12]", done.stdout)
        self.assertNotIn("[2/12]", done.stdout)
        self.assertIn("one more line", done.stdout)

    def test_the_demo_can_listen_elsewhere(self):
        self.start("--listen=127.0.0.1:8123")
        self.assertEqual(self.started(), "tidemark demo --listen 127.0.0.1:8123")

    def test_bootstrap_writes_a_configuration_and_runs_it(self):
        self.start("--bootstrap", "kafka-1:9092,[::1]:9093", "--listen", "0.0.0.0:8001")
        self.assertEqual(self.started(), f"tidemark run --config {self.config()} --welcome")
        text = self.config().read_text()
        self.assertIn('bootstrap = "kafka-1:9092,[::1]:9093"', text)
        self.assertIn('listen = "0.0.0.0:8001"', text)

    def test_a_configuration_that_says_the_same_is_used_again_with_its_edits(self):
        self.start("--bootstrap", "kafka-1:9092")
        with open(self.config(), "a") as config:
            config.write("# mine\n")
        done = self.start("--bootstrap", "kafka-1:9092")
        self.assertIn("# mine", self.config().read_text())
        self.assertIn(f"--config {self.config()} ", self.started())
        self.assertIn("Using", done.stderr)

    def test_a_configuration_that_says_something_else_is_left_alone(self):
        self.start("--bootstrap", "kafka-1:9092")
        done = self.start("--bootstrap", "kafka-2:9092")
        self.assertIn("kafka-1:9092", self.config().read_text())
        self.assertIn("kafka-2:9092", self.config("tidemark-2.toml").read_text())
        self.assertIn(f"--config {self.config('tidemark-2.toml')} ", self.started())
        self.assertIn("stays as it is", done.stderr)

    def test_the_configuration_goes_where_the_person_keeps_such_files(self):
        folder = self.box.root / "elsewhere"
        self.start("--bootstrap", "kafka-1:9092", XDG_CONFIG_HOME=str(folder))
        self.assertTrue((folder / "tidemark/tidemark.toml").is_file())

    def test_a_build_that_fails_starts_nothing(self):
        self.box.fake("ninja", "exit 1")
        self.assertNotEqual(self.start().returncode, 0)
        self.assertFalse(any(call.startswith("tidemark") for call in self.box.calls()))

    def test_what_makes_no_sense_is_named_before_anything_is_installed(self):
        for arguments, named in ((("--bootstrp", "x:1"), "--bootstrp"), (("demo",), "demo"),
                                 (("--bootstrap",), "--bootstrap"),
                                 (("--bootstrap", "no-port"), "no-port"),
                                 (("--bootstrap", 'a:1"\nx'), 'a:1"'),
                                 (("--listen", "8000"), "8000")):
            with self.subTest(arguments):
                done = self.start(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(named, done.stderr)
        self.assertEqual(self.box.calls(), [])

    def test_help_says_what_there_is(self):
        done = self.start("--help")
        self.assertEqual(done.returncode, 0)
        for word in ("--bootstrap", "--listen", "demo"):
            self.assertIn(word, done.stdout)


if __name__ == "__main__":
    unittest.main()
