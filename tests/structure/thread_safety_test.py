"""clang's thread-safety analysis finds nothing in any file that locks (includes core/mutex.h,
directly or not), and it does find a member that is read without its lock."""
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile
import unittest

from tests.structure.rooms import MAY_INCLUDE, includes

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TIDEMARK_BUILD_DIR", ROOT / "build" / "test"))
CLANG = os.environ.get("TIDEMARK_CLANG", "clang++-14")
# Compiled, not just parsed, so that ccache remembers which files were fine.
ANALYSIS = [*(["ccache"] if shutil.which("ccache") else []), CLANG, "-std=c++20", "-O0", "-c",
            "-Wthread-safety", "-Werror=thread-safety"]
LOCKS = "core/mutex.h"

UNLOCKED_READ = """
#include "core/mutex.h"
class Counter {
 public:
  int get() { return value_; }
 private:
  tidemark::Mutex mutex_;
  int value_ TM_GUARDED_BY(mutex_) = 0;
};
int use() { return Counter().get(); }
"""


def locking_sources():
    """The .cpp files of the rooms that reach core/mutex.h by their includes."""
    direct = {}
    for room in MAY_INCLUDE:
        for path in (ROOT / room).rglob("*"):
            if path.suffix in (".h", ".cpp"):
                own = [what for mark, what in includes(path) if mark == '"']
                direct[str(path.relative_to(ROOT))] = own

    def reaches(name, seen):
        if name == LOCKS:
            return True
        return any(reaches(what, seen | {name}) for what in direct.get(name, ()) if what not in seen)

    return sorted(name for name in direct if name.endswith(".cpp") and reaches(name, frozenset()))


def include_flags():
    """What the build gives the compiler to find headers, by file."""
    with open(BUILD / "compile_commands.json") as commands:
        entries = json.load(commands)
    flags = {}
    for entry in entries:
        words = shlex.split(entry["command"])
        kept, after_isystem = [], False
        for word in words:
            if after_isystem or word == "-isystem" or word.startswith(("-I", "-D")):
                kept.append(word)
            after_isystem = word == "-isystem"
        flags.setdefault(os.path.relpath(entry["file"], ROOT), kept)
    return flags


def complaints(path, flags):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*ANALYSIS, *flags, str(path), "-o", f"{folder}/out.o"],
                              capture_output=True, text=True, cwd=ROOT, check=False)
    return done.stderr if done.returncode != 0 else ""


class ThreadSafety(unittest.TestCase):
    def test_nothing_guarded_is_touched_without_its_lock(self):
        sources, flags = locking_sources(), include_flags()
        self.assertTrue(sources, "no file locks anything")
        self.assertEqual([name for name in sources if name not in flags], [], "not in the build")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda name: complaints(ROOT / name, flags[name]), sources))
        self.assertEqual([text for text in found if text], [])

    def test_the_analysis_sees_an_unlocked_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "unlocked.cpp"
            path.write_text(UNLOCKED_READ)
            found = complaints(path, [f"-I{ROOT}"])
        self.assertIn("requires holding mutex 'mutex_'", found)


if __name__ == "__main__":
    unittest.main()
