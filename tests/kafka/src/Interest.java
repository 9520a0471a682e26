import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer wants to read: "topics" by name, topics by "pattern", or by assign() the
 * "partitions" of its one topic, which makes it a member of no group.
 */
interface Interest {
  void tell(KafkaConsumer<byte[], byte[]> consumer);

  static boolean isTold(Request request) {
    return request.has("topics") || request.has("pattern") || request.has("partitions");
  }

  static Interest of(Request request) {
    if (request.has("pattern")) {
      return byPattern(request.text("pattern"), request.text("protocol", "classic"));
    }
    List<String> topics = request.texts("topics");
    if (request.has("partitions")) {
      List<TopicPartition> wanted = new ArrayList<>();
      request.numbers("partitions").forEach(p -> wanted.add(new TopicPartition(topics.get(0), p)));
      return consumer -> consumer.assign(wanted);
    }
    return consumer -> consumer.subscribe(topics);
  }

  /** Clients of the classic protocol match by themselves; in KIP-848 the broker does. */
  private static Interest byPattern(String pattern, String protocol) {
    return protocol.equals("consumer")
        ? consumer -> consumer.subscribe(new SubscriptionPattern(pattern))
        : consumer -> consumer.subscribe(Pattern.compile(pattern));
  }
}
