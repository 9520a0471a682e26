import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Commands about topics and their logs. */
final class Topics {
  private static final long KNOWN_WITHIN_NS = 30_000_000_000L;

  private final Admin admin;

  Topics(Admin admin) {
    this.admin = admin;
  }

  void register(Map<String, Workload.Command> commands) {
    commands.put("create_topic", this::create);
    commands.put("grow_topic", this::grow);
    commands.put("alter_topic", this::alter);
    commands.put("delete_topic", this::delete);
    commands.put("delete_records", this::deleteRecords);
    commands.put("log_ends", request -> offsets(request, OffsetSpec.latest()));
    commands.put("log_starts", request -> offsets(request, OffsetSpec.earliest()));
  }

  private Object create(Request request) throws ExecutionException, InterruptedException {
    NewTopic topic =
        request.has("replicas")
            ? new NewTopic(request.text("topic"), request.rows("replicas"))
            : new NewTopic(
                request.text("topic"),
                Optional.of(request.number("partitions", 1)),
                Optional.empty());
    topic.configs(request.map("config"));
    admin.createTopics(List.of(topic)).all().get();
    awaitKnown(topic.name());
    return true;
  }

  /**
   * The controller answers before the broker has heard of the topic. Meanwhile a Kafka Streams
   * application gives up for ever (MissingSourceTopicException), and records for a topic that was
   * deleted before go to the old one.
   */
  private void awaitKnown(String topic) throws ExecutionException, InterruptedException {
    long until = System.nanoTime() + KNOWN_WITHIN_NS;
    while (true) {
      try {
        admin.describeTopics(List.of(topic)).allTopicNames().get();
        return;
      } catch (ExecutionException problem) {
        boolean unknown = problem.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() - until > 0) {
          throw problem;
        }
        Thread.sleep(20);
      }
    }
  }

  private Object grow(Request request) throws ExecutionException, InterruptedException {
    NewPartitions more = NewPartitions.increaseTo(request.number("partitions"));
    admin.createPartitions(Map.of(request.text("topic"), more)).all().get();
    return true;
  }

  /** "config": {"retention.ms": "1000"}: what else is set stays. */
  private Object alter(Request request) throws ExecutionException, InterruptedException {
    List<AlterConfigOp> changes = new ArrayList<>();
    request
        .map("config")
        .forEach(
            (key, value) ->
                changes.add(new AlterConfigOp(new ConfigEntry(key, value), OpType.SET)));
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, request.text("topic"));
    admin.incrementalAlterConfigs(Map.of(topic, changes)).all().get();
    return true;
  }

  private Object delete(Request request) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(request.text("topic"))).all().get();
    return true;
  }

  /** "before": {"0": 5}: what is older than offset 5 goes; -1 is all. */
  private Object deleteRecords(Request request) throws ExecutionException, InterruptedException {
    Map<TopicPartition, RecordsToDelete> wanted = new HashMap<>();
    request.offsets("before").forEach((at, o) -> wanted.put(at, RecordsToDelete.beforeOffset(o)));
    admin.deleteRecords(wanted).all().get();
    return true;
  }

  private Object offsets(Request request, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    String topic = request.text("topic");
    TopicDescription known =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    known.partitions().forEach(p -> wanted.put(new TopicPartition(topic, p.partition()), which));
    Map<String, Long> out = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> entry :
        admin.listOffsets(wanted).all().get().entrySet()) {
      out.put(Integer.toString(entry.getKey().partition()), entry.getValue().offset());
    }
    return out;
  }
}
