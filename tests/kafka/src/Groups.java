import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Commands about groups as such: commits from outside, deletions. */
final class Groups {
  private final Admin admin;
  private final Properties client;

  Groups(Admin admin, Properties client) {
    this.admin = admin;
    this.client = client;
  }

  void register(Map<String, Workload.Command> commands) {
    commands.put("commit", this::commit);
    commands.put("alter_offsets", this::alter);
    commands.put("delete_group", this::delete);
    commands.put("delete_offsets", this::deleteOffsets);
    commands.put("describe_group", this::describe);
  }

  private static Map<TopicPartition, OffsetAndMetadata> wanted(Request request) {
    Map<TopicPartition, OffsetAndMetadata> out = new HashMap<>();
    String note = request.text("metadata", "");
    request.offsets("offsets").forEach((at, o) -> out.put(at, new OffsetAndMetadata(o, note)));
    return out;
  }

  /** As a consumer does that uses assign(): no membership, just commits. */
  private Object commit(Request request) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("group.id", request.text("group"));
    properties.put("enable.auto.commit", "false");
    Map<TopicPartition, OffsetAndMetadata> offsets = wanted(request);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(offsets.keySet());
      consumer.commitSync(offsets);
    }
    return true;
  }

  /** As kafka-consumer-groups --reset-offsets does. */
  private Object alter(Request request) throws ExecutionException, InterruptedException {
    admin.alterConsumerGroupOffsets(request.text("group"), wanted(request)).all().get();
    return true;
  }

  private Object delete(Request request) throws ExecutionException, InterruptedException {
    admin.deleteConsumerGroups(List.of(request.text("group"))).all().get();
    return true;
  }

  private Object deleteOffsets(Request request) throws ExecutionException, InterruptedException {
    Set<TopicPartition> which = new HashSet<>();
    for (int partition : request.numbers("partitions")) {
      which.add(new TopicPartition(request.text("topic"), partition));
    }
    admin.deleteConsumerGroupOffsets(request.text("group"), which).all().get();
    return true;
  }

  private Object describe(Request request) throws ExecutionException, InterruptedException {
    String group = request.text("group");
    var known = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
    return Map.of("state", known.groupState().toString(), "members", known.members().size());
  }
}
