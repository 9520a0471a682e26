"""Usage: seeds.py OUT GOLDEN.jsonl…   Golden records as inputs of record_fuzz, one file each."""
import hashlib
import json
import pathlib
import sys


def fuzz_input(record):
    key = bytes.fromhex(record["key_hex"])
    value = record["value_hex"]
    head = len(key) | (0x8000 if value is None else 0)
    return head.to_bytes(2, "big") + key + bytes.fromhex(value or "")


def main(out, *golden):
    folder = pathlib.Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for path in golden:
        for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
            data = fuzz_input(json.loads(line))
            (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
