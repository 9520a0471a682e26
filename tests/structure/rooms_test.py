"""The source tree keeps the house rules, and the checker of the rules can say no."""
import pathlib
import shutil
import tempfile
import unittest

from tests.structure.rooms import check

ROOT = pathlib.Path(__file__).resolve().parents[2]

# what somebody does wrong: (sentence, file, text appended, what the complaint must contain)
SEEDED = [
    ("a collector looks into storage", "collectors/record.h",
     '#include "storage/window_store.h"', "collectors/ may not include storage/window_store.h"),
    ("a collector looks at policies", "collectors/record.h",
     '#include "evaluator/policy.h"', "collectors/ may not include evaluator/policy.h"),
    ("the evaluator knows about HTTP", "evaluator/rules.h",
     '#include "api/view.h"', "evaluator/ may not include api/view.h"),
    ("the bottom looks up", "core/ids.h",
     '#include "evaluator/policy.h"', "core/ may not include evaluator/policy.h"),
    ("an answer reads the whole configuration", "api/view.h",
     '#include "config/config.h"', "only daemon/ may see the whole configuration"),
    ("a header shows librdkafka to everybody", "collectors/record.h",
     "#include <librdkafka/rdkafka.h>", "<librdkafka/rdkafka.h> is hidden"),
    ("a second file of core includes spdlog", "core/ids.cpp",
     "#include <spdlog/spdlog.h>", "<spdlog/spdlog.h> is hidden"),
    ("configuration makes a notifier", "config/config.h",
     '#include "notifiers/receivers.h"', "config/ may not include notifiers/receivers.h"),
    ("a header shows libcurl", "notifiers/http.h",
     "#include <curl/curl.h>", "<curl/curl.h> is hidden"),
    ("a header shows the JSON library", "api/view.h",
     "#include <nlohmann/json.hpp>", "<nlohmann/json.hpp> is hidden"),
    ("a library that nobody chose", "core/ids.cpp",
     "#include <boost/asio.hpp>", "of no library that the house knows"),
    ("an include relative to the folder", "evaluator/rules.h",
     '#include "policy.h"', "included from the top of the tree"),
    ("two headers include each other", "core/strong.h",
     '#include "core/ids.h"', "file cycle"),
    ("a room links what it may not", "evaluator/CMakeLists.txt",
     "target_link_libraries(tidemark_evaluator PRIVATE tidemark::storage)", "may not link storage"),
    ("a file grows without end", "core/ids.cpp", "\n" * 500, "more than 500"),
    ("a note about somebody's machine", "docs/notes.md",
     "see /" "root/notes", "speaks of one machine's folders"),
]


class HouseRules(unittest.TestCase):
    def test_the_tree_keeps_them(self):
        self.assertEqual(check(ROOT), [])

    def test_each_seeded_violation_is_found(self):
        for sentence, file, addition, complaint in SEEDED:
            with self.subTest(sentence), tempfile.TemporaryDirectory() as copy:
                self.copy_rooms(pathlib.Path(copy))
                path = pathlib.Path(copy) / file
                path.parent.mkdir(exist_ok=True)
                with open(path, "a") as out:
                    out.write("\n" + addition + "\n")
                found = [problem for problem in check(copy) if problem.startswith(file)
                         or "cycle" in problem]
                self.assertTrue(any(complaint in problem for problem in found), found)

    def test_two_rooms_that_need_each_other_are_a_cycle(self):
        with tempfile.TemporaryDirectory() as copy:
            self.copy_rooms(pathlib.Path(copy))
            with open(pathlib.Path(copy) / "core/ids.h", "a") as out:
                out.write('\n#include "evaluator/policy.h"\n')
            self.assertTrue(any("room cycle" in problem for problem in check(copy)))

    @staticmethod
    def copy_rooms(target):
        for room in ("core", "evaluator", "collectors", "storage", "notifiers", "config", "api"):
            shutil.copytree(ROOT / room, target / room)


if __name__ == "__main__":
    unittest.main()
