from tests.scenarios import offsets_records
from tests.scenarios.story import Story

STORY = Story(
    id="B26", kind="clock", group="none", theme="A blind monitor",
    title="The offsets topic holds records that nobody can read: cut off, of unknown kinds and "
          "versions.",
    event="damaged records",
    expected="OK: each is counted, the rest is read as ever")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    key = offsets_records.commit_key("job", "orders", 0)
    damaged = [(b"", b""), (key[:7], b"x"), (key, b""), (key, b"\x00\x63"), (key, b"\x00\x04\x00"),
               (b"\x00\x63junk", b"junk")]
    with stage.steadily("orders", 5), job.consume("orders"), stage.never("job", "ERROR"):
        stage.run(minutes=2)
        for record in damaged:
            stage.write_offsets("job", record)
        stage.run(minutes=20)
        stage.expect("job", "OK", lag=(0, 60), stale=False)
    health = stage.get("/api/v1/clusters/stage")["data"]["health"]
    counted = sum(health["decode_errors"].values()) + health["skipped_records"].get("Unknown", 0)
    assert counted == len(damaged), health
