"""What a run has seen so far. A part that fails costs its own figures and nothing else; whatever is
there is written after each part."""
import json
import traceback


class Results:
    """`seen["parts"]` is {part: its figures}, `seen["failed"]` {part: why}; `write(seen)` is called
    after each part. `kept`: the same of an earlier run, for the parts that are not measured now."""

    def __init__(self, began, write, kept=None):
        self.seen = {**began, "parts": dict((kept or {}).get("parts", {})),
                     "failed": dict((kept or {}).get("failed", {}))}
        self._write = write

    def begin(self, part):
        """What an earlier run has found counts no more."""
        self.seen["parts"].pop(part, None)
        self.seen["failed"].pop(part, None)

    def take(self, part, measure, count=True):
        """What measure() returns are its figures. Where they do not `count`, only a failure is
        kept."""
        if count:
            self.begin(part)
        try:
            found = measure()
        except Exception as problem:
            traceback.print_exc()
            self.fail(part, str(problem) or type(problem).__name__)
        except BaseException:
            self.fail(part, "interrupted")
            raise
        else:
            if count:
                self.seen["parts"][part] = found
            self._write(self.seen)

    def fail(self, part, why):
        self.seen["failed"][part] = " ".join(why.split())
        self._write(self.seen)

    def miss(self, part, because):
        """A part within another one: it was not come to where it has neither figures nor failed."""
        if part not in self.seen["parts"] and part not in self.seen["failed"]:
            self.fail(part, f"not begun: {because} has failed")


def kept_from(path, began):
    """The results of an earlier run on this machine."""
    if not path.exists():
        raise RuntimeError(f"{path}: there is nothing to keep")
    kept = json.loads(path.read_text())
    if "parts" not in kept or "failed" not in kept:
        raise RuntimeError(f"{path}: was written by another version of this tool")
    for what in ("cpu", "cores"):
        if kept["machine"][what] != began["machine"][what]:
            raise RuntimeError(f"{path}: is of another machine ({kept['machine'][what]})")
    if kept["quick"] != began["quick"]:
        raise RuntimeError(f"{path}: a quick run and a whole one do not go together")
    return kept
