import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One consumer of a group on its own thread. It polls all the time, as a living consumer does, and
 * commits on a timer: its positions (also where nothing moved, as auto-commit does), or only behind
 * records that it has seen.
 */
final class GroupMember {
  /**
   * How it works on what it reads: `rate` records a second; none for "stall"; one that hangs does not
   * even poll.
   */
  record Pace(boolean stalled, boolean hangs, int rate) {
    static Pace of(Request request) {
      return switch (request.text("pace", "keep_up")) {
        case "keep_up" -> new Pace(false, false, Integer.MAX_VALUE);
        case "slow" -> new Pace(false, false, request.number("rate"));
        case "stall" -> new Pace(true, false, 0);
        case "hang" -> new Pace(true, true, 0);
        default -> throw new IllegalArgumentException("no pace " + request.text("pace"));
      };
    }
  }

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration GOODBYE = Duration.ofSeconds(30);
  private static final CloseOptions SILENTLY =
      CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP)
          .withTimeout(Duration.ZERO);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final long commitEveryMs;
  private final boolean commitPositions;
  private final Map<TopicPartition, OffsetAndMetadata> seen = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "member");
  private volatile Pace pace;
  private final AtomicReference<Interest> interest;
  private volatile boolean stop;
  private volatile boolean goodbye = true;
  private volatile long records;
  private volatile long commits;
  private volatile List<String> assigned = List.of();
  private volatile String error = "";

  GroupMember(
      Properties properties,
      Interest interest,
      Pace pace,
      long commitEveryMs,
      boolean commitPositions) {
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.pace = pace;
    this.commitEveryMs = commitEveryMs;
    this.commitPositions = commitPositions;
    this.interest = new AtomicReference<>(interest);
    thread.setDaemon(true);
    thread.start();
  }

  void setPace(Pace next) {
    pace = next;
  }

  void setInterest(Interest next) {
    interest.set(next);
  }

  Map<String, Object> status() {
    Map<String, Long> readTo = new HashMap<>();
    seen.forEach((at, next) -> readTo.put(at.toString(), next.offset()));
    return Map.of(
        "records", records, "commits", commits, "assigned", assigned, "read_to", readTo, "error",
        error);
  }

  void requestStop() {
    stop = true;
  }

  /** With a goodbye it commits and leaves the group in good order; else it is just gone. */
  void close(boolean withGoodbye) throws InterruptedException {
    goodbye = withGoodbye;
    requestStop();
    thread.join();
  }

  private void run() {
    try {
      long lastCommit = System.nanoTime();
      while (!stop) {
        work();
        if (System.nanoTime() - lastCommit >= commitEveryMs * 1_000_000) {
          commit();
          lastCommit = System.nanoTime();
        }
      }
      if (goodbye) {
        commit();
      }
    } catch (RuntimeException problem) { // reported by status()
      error = problem.toString();
    } finally {
      consumer.close(goodbye ? CloseOptions.timeout(GOODBYE) : SILENTLY);
    }
  }

  private void work() {
    Pace now = pace;
    Interest wanted = interest.getAndSet(null);
    if (wanted != null) {
      wanted.tell(consumer);
    }
    if (now.hangs()) {
      rest(POLL.toMillis());
      return;
    }
    if (now.stalled()) {
      consumer.pause(consumer.assignment());
    } else {
      consumer.resume(consumer.paused());
    }
    ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
    assigned = consumer.assignment().stream().map(TopicPartition::toString).sorted().toList();
    for (ConsumerRecord<byte[], byte[]> one : batch) {
      TopicPartition at = new TopicPartition(one.topic(), one.partition());
      seen.put(at, new OffsetAndMetadata(one.offset() + 1));
    }
    records += batch.count();
    if (now.rate() != Integer.MAX_VALUE) {
      rest(batch.count() * 1000L / Math.max(1, now.rate()));
    }
  }

  private void commit() {
    if (pace.hangs()) {
      return;
    }
    seen.keySet().retainAll(consumer.assignment());
    try {
      if (commitPositions) {
        consumer.commitSync();
      } else if (!seen.isEmpty()) {
        consumer.commitSync(seen);
      }
      ++commits;
    } catch (RebalanceInProgressException | org.apache.kafka.clients.consumer.CommitFailedException again) {
      error = again.toString(); // the next commit, after the rebalance, covers it
    }
  }

  private void rest(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException ended) {
      stop = true;
    }
  }
}
