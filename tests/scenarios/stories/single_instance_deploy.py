from tests.scenarios.story import Story

STORY = Story(
    id="S3", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="The only instance of a group is deployed anew: no member and no commit for four "
          "minutes, every hour.",
    event="deploy",
    expected="OK")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.steadily("orders", 1), stage.never("billing", "ERROR"):
        with stage.never("billing", "WARNING"):
            for deploy in range(3):
                with billing.consume("orders", every=5):
                    stage.run(minutes=56)
                billing.leave()
                stage.run(minutes=4)
                stage.expect("billing", "OK", members=0, stale=False)
                billing.join(f"billing-{deploy + 2}", "orders")
