import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Commands about share groups and their consumers, each known by a name of the test's choice. */
final class ShareGroups implements AutoCloseable {
  private final Admin admin;
  private final Properties client;
  private final Map<String, ShareMember> members = new HashMap<>();

  ShareGroups(Admin admin, Properties client) {
    this.admin = admin;
    this.client = client;
  }

  void register(Map<String, Workload.Command> commands) {
    commands.put("share", this::start);
    commands.put("change_share", this::change);
    commands.put("share_status", request -> member(request).status());
    commands.put("close_share", this::closeOne);
    commands.put("share_offsets", this::offsets);
    commands.put("delete_share_group", this::delete);
  }

  private ShareMember member(Request request) {
    ShareMember member = members.get(request.text("name"));
    if (member == null) {
      throw new IllegalArgumentException("no share consumer is called " + request.text("name"));
    }
    return member;
  }

  /** Where a new group begins ("reset") is a setting of the group, not of its consumers. */
  private Object start(Request request) throws ExecutionException, InterruptedException {
    String group = request.text("group");
    ConfigEntry reset =
        new ConfigEntry("share.auto.offset.reset", request.text("reset", "earliest"));
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.GROUP, group),
                List.of(new AlterConfigOp(reset, AlterConfigOp.OpType.SET))))
        .all()
        .get();
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("group.id", group);
    properties.put("client.id", request.text("client_id", request.text("name")));
    properties.put("share.acknowledgement.mode", "explicit");
    properties.put("max.poll.records", "10");
    properties.putAll(request.map("config"));
    members.put(
        request.text("name"),
        new ShareMember(properties, request.texts("topics"), GroupMember.Pace.of(request)));
    return true;
  }

  private Object change(Request request) {
    member(request).setPace(GroupMember.Pace.of(request));
    return true;
  }

  private Object closeOne(Request request) throws InterruptedException {
    ShareMember member = member(request);
    members.remove(request.text("name"));
    member.close();
    return member.status();
  }

  /** The start offset of each partition, as Kafka's own tool shows it. */
  private Object offsets(Request request) throws ExecutionException, InterruptedException {
    String group = request.text("group");
    Map<TopicPartition, SharePartitionOffsetInfo> known =
        admin
            .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
            .partitionsToOffsetInfo(group)
            .get();
    Map<String, Long> out = new HashMap<>();
    known.forEach((at, info) -> out.put(at.toString(), info == null ? null : info.startOffset()));
    return out;
  }

  private Object delete(Request request) throws ExecutionException, InterruptedException {
    admin.deleteShareGroups(List.of(request.text("group"))).all().get();
    return true;
  }

  @Override
  public void close() {
    members.values().forEach(ShareMember::requestStop);
  }
}
