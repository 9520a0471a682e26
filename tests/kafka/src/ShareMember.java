import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One consumer of a share group (KIP-932) on its own thread. It accepts each record that it gets; one
 * that stalls or hangs stays a member and asks for nothing.
 */
final class ShareMember {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaShareConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::run, "share member");
  private final List<String> topics;
  private volatile GroupMember.Pace pace;
  private volatile boolean stop;
  private volatile long records;
  private volatile String error = "";

  ShareMember(Properties properties, List<String> topics, GroupMember.Pace pace) {
    this.consumer =
        new KafkaShareConsumer<>(
            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topics = topics;
    this.pace = pace;
    thread.setDaemon(true);
    thread.start();
  }

  void setPace(GroupMember.Pace next) {
    pace = next;
  }

  Map<String, Object> status() {
    return Map.of("records", records, "error", error);
  }

  void requestStop() {
    stop = true;
  }

  void close() throws InterruptedException {
    requestStop();
    thread.join();
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(topics);
      while (!stop) {
        work();
      }
    } catch (RuntimeException problem) { // reported by status()
      error = problem.toString();
    }
  }

  private void work() {
    GroupMember.Pace now = pace;
    if (now.stalled()) {
      rest(POLL.toMillis());
      return;
    }
    ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> one : batch) {
      consumer.acknowledge(one);
      ++records;
      if (now.rate() != Integer.MAX_VALUE) {
        rest(1000L / Math.max(1, now.rate()));
      }
    }
    consumer.commitSync();
  }

  private void rest(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException ended) {
      stop = true;
    }
  }
}
