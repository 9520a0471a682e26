import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
  /** How it works on what it reads: `rate` records a second; none for "stall". */
  record Pace(boolean stalled, int rate) {
    static Pace of(Request request) {
      return switch (request.text("pace", "keep_up")) {
        case "keep_up" -> new Pace(false, Integer.MAX_VALUE);
        case "slow" -> new Pace(false, request.number("rate"));
        case "stall" -> new Pace(true, 0);
        default -> throw new IllegalArgumentException("no pace " + request.text("pace"));
      };
    }
  }

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final long commitEveryMs;
  private final boolean commitPositions;
  private final Map<TopicPartition, OffsetAndMetadata> seen = new HashMap<>();
  private final Thread thread = new Thread(this::run, "member");
  private volatile Pace pace;
  private volatile boolean stop;
  private volatile long records;
  private volatile long commits;
  private volatile List<String> assigned = List.of();
  private volatile String error = "";

  GroupMember(
      Properties properties,
      List<String> topics,
      Pace pace,
      long commitEveryMs,
      boolean commitPositions) {
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.pace = pace;
    this.commitEveryMs = commitEveryMs;
    this.commitPositions = commitPositions;
    consumer.subscribe(topics);
    thread.setDaemon(true);
    thread.start();
  }

  void setPace(Pace next) {
    pace = next;
  }

  Map<String, Object> status() {
    return Map.of("records", records, "commits", commits, "assigned", assigned, "error", error);
  }

  void requestStop() {
    stop = true;
  }

  /** Leaves the group in good order. */
  void close() throws InterruptedException {
    requestStop();
    thread.join();
  }

  private void run() {
    try (consumer) {
      long lastCommit = System.nanoTime();
      while (!stop) {
        work();
        if (System.nanoTime() - lastCommit >= commitEveryMs * 1_000_000) {
          commit();
          lastCommit = System.nanoTime();
        }
      }
      commit();
    } catch (RuntimeException problem) { // reported by status()
      error = problem.toString();
    }
  }

  private void work() {
    Pace now = pace;
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
