"""The house rules of the source tree, as data, and a checker that reads the tree.

A room is a folder that is one static library. `check(root)` returns one sentence per violation, each
beginning with the file.
"""
import os
import pathlib
import re

# room -> what it may include of other rooms: a room, or one header of it
MAY_INCLUDE = {
    "core": set(),
    "evaluator": {"core"},
    "collectors": {"core", "evaluator/observation.h", "evaluator/observation_size.h"},
    "storage": {"core", "evaluator"},
    "notifiers": {"core", "evaluator", "storage"},
    "api": {"core", "evaluator", "storage"},
    "config": {"core", "evaluator/policy.h", "notifiers/receiver_settings.h"},
    "daemon": {"core", "evaluator", "collectors", "storage", "notifiers", "api", "config"},
}
# what only daemon/ and the room itself may see of a room that others may use in part
WHOLE_CONFIG = "config/config.h"

# how an include of a library begins -> the only files that may have it
HIDDEN_LIBRARIES = {
    "librdkafka/": [r"collectors/kafka_client\.cpp", r"daemon/demo/\w+\.cpp"],
    "re2/": [r"core/pattern\.cpp"],
    "spdlog/": [r"core/log\.cpp"],
    "toml++/": [r"config/\w+\.cpp"],
    "httplib.h": [r"api/\w+\.cpp", r"daemon/\w*client\w*\.cpp"],
    "nlohmann/": [r"api/\w+\.cpp", r"notifiers/\w+\.cpp", r"daemon/(\w+/)?\w+\.cpp"],
    "prometheus/": [r"api/\w+\.cpp"],
    "zlib.h": [r"(api|storage)/\w+\.cpp"],
    "CLI/": [r"daemon/\w+\.cpp"],
    "absl/": [r"(storage|notifiers|daemon)/\w+\.cpp"],
    "sqlite3.h": [r"storage/\w+\.cpp"],
    "zstd.h": [r"storage/\w+\.cpp"],
    "curl/": [r"notifiers/\w+\.cpp"],
    "kainjow/": [r"notifiers/\w+\.cpp"],
    "cairo": [r"notifiers/\w+\.cpp"],
    "openssl/": [r"notifiers/\w+\.cpp"],
    "fmt/": [r".*"],
}
SYSTEM_FOLDERS = ("sys/", "netinet/", "arpa/", "linux/", "net/", "sanitizer/")
SYSTEM_HEADERS = {
    "endian.h", "errno.h", "fcntl.h", "grp.h", "netdb.h", "poll.h", "pthread.h", "pwd.h", "signal.h",
    "spawn.h", "termios.h", "time.h", "unistd.h", "wchar.h", "cxxabi.h", "malloc.h", "sched.h", "fnmatch.h",
}

MAX_LINES = 500
TEXT_SUFFIXES = {".h", ".cpp", ".py", ".java", ".md", ".cmake", ".txt", ".toml", ".xml", ".json",
                 ".yml", ".yaml", ".sh", ".properties", ".html", ".css", ".js", ".supp", ""}
DATA_FOLDERS = ("golden", "corpus", "vendor", "data")
# Written so that this file does not speak of them itself.
MACHINE_PATHS = re.compile("|".join(
    (r"(?<![\w.~}-])/wor" r"k/", r"(?<![\w.~}-])/roo" r"t/", r"(?<![\w.~}-])/hom" r"e/\w+/",
     r"(?<![\w.~}-])/tm" r"p/tm/", r"\bshare" r"d/(design|reference)/")))

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
LINKED_ROOM = re.compile(r"tidemark::(\w+)")


def project_files(root):
    """Relative paths of everything that belongs to the tree."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - {".git", "build", "__pycache__"})
        files = set(files) - {".git"}  # in a second work tree it is a file, and names its folder
        for name in sorted(files):
            yield (pathlib.Path(folder) / name).relative_to(root)


def includes(path):
    """("<" or quote, what) for each include."""
    return INCLUDE.findall(path.read_text(errors="replace"))


def check(root):
    root = pathlib.Path(root)
    files = list(project_files(root))
    sources = [f for f in files if f.suffix in (".h", ".cpp")]
    rooms = [f for f in sources if f.parts[0] in MAY_INCLUDE]
    problems = []
    for name in rooms:
        for mark, what in includes(root / name):
            problems += _check_own(name, what, root) if mark == '"' else _check_library(name, what)
    problems += _check_links(root)
    problems += _cycles("room", _room_graph(root, rooms))
    problems += _cycles("file", _file_graph(root, rooms))
    for name in files:
        problems += _check_text(root, name)
    return problems


def _check_own(name, what, root):
    room, target = name.parts[0], what.split("/")[0]
    if not (root / what).is_file():
        return [f'{name}: "{what}" is not a file; own headers are included from the top of the tree']
    if what == WHOLE_CONFIG and room not in ("config", "daemon"):
        return [f"{name}: only daemon/ may see the whole configuration ({what})"]
    if target == room or target in MAY_INCLUDE[room] or what in MAY_INCLUDE[room]:
        return []
    return [f"{name}: {room}/ may not include {what}"]


def _check_library(name, what):
    for beginning, places in HIDDEN_LIBRARIES.items():
        if what.startswith(beginning):
            if any(re.fullmatch(place, str(name)) for place in places):
                return []
            return [f"{name}: <{what}> is hidden; only {' and '.join(places)} may include it"]
    if "/" not in what and not what.endswith(".h"):
        return []  # the standard library
    if what.startswith(SYSTEM_FOLDERS) or what in SYSTEM_HEADERS:
        return []
    return [f"{name}: <{what}> is of no library that the house knows"]


def _check_links(root):
    problems = []
    for room, allowed in MAY_INCLUDE.items():
        path = root / room / "CMakeLists.txt"
        if path.is_file():
            linked = set(LINKED_ROOM.findall(path.read_text())) - {room}
            for other in sorted(linked - {entry.split("/")[0] for entry in allowed}):
                problems.append(f"{room}/CMakeLists.txt: {room} may not link {other}")
    return problems


def _room_graph(root, rooms):
    graph = {}
    for name in rooms:
        targets = (what.split("/")[0] for mark, what in includes(root / name) if mark == '"')
        graph.setdefault(name.parts[0], set()).update(t for t in targets if t != name.parts[0])
    return graph


def _file_graph(root, rooms):
    return {str(name): {what for mark, what in includes(root / name) if mark == '"'}
            for name in rooms}


def _cycles(kind, graph):
    """A sentence for the first cycle that each starting point leads into."""
    done, problems = set(), []

    def walk(node, path):
        if node in path:
            ring = path[path.index(node):] + [node]
            problems.append(f"{node}: {kind} cycle {' -> '.join(ring)}")
            return
        if node in done:
            return
        for following in sorted(graph.get(node, ())):
            walk(following, path + [node])
        done.add(node)

    for start in sorted(graph):
        walk(start, [])
    return problems


def _check_text(root, name):
    if name.suffix not in TEXT_SUFFIXES or any(part in DATA_FOLDERS for part in name.parts):
        return []
    try:
        text = (root / name).read_text()
    except UnicodeDecodeError:
        return []
    problems = []
    lines = text.count("\n")
    if lines > MAX_LINES and name.suffix in (".h", ".cpp", ".py", ".java"):
        problems.append(f"{name}: {lines} lines, more than {MAX_LINES}")
    found = MACHINE_PATHS.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        problems.append(f"{name}:{line}: speaks of one machine's folders ({found.group()})")
    return problems
