"""All C++ looks as clang-format leaves it."""
import os
import pathlib
import subprocess
import tempfile
import unittest

from tests.structure.rooms import project_files

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLANG_FORMAT = os.environ.get("TIDEMARK_CLANG_FORMAT", "clang-format-14")


def complaints(paths):
    done = subprocess.run([CLANG_FORMAT, "--dry-run", "-Werror", *map(str, paths)],
                          capture_output=True, text=True, cwd=ROOT, check=False)
    return done.stderr


class Format(unittest.TestCase):
    def test_the_tree_is_formatted(self):
        sources = [path for path in project_files(ROOT) if path.suffix in (".h", ".cpp")]
        self.assertTrue(sources)
        self.assertEqual(complaints(sources), "")

    def test_an_unformatted_file_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "ugly.cpp"
            path.write_text("int  main( ){return 0 ;}\n")
            (pathlib.Path(folder) / ".clang-format").write_text("BasedOnStyle: Google\n")
            self.assertIn("clang-format", complaints([path]))


if __name__ == "__main__":
    unittest.main()
