import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/** Commands about consumers, each known by a name of the test's choice. */
final class Consumers implements AutoCloseable {
  private final Properties client;
  private final Map<String, GroupMember> members = new HashMap<>();

  Consumers(Properties client) {
    this.client = client;
  }

  void register(Map<String, Workload.Command> commands) {
    commands.put("consume", this::start);
    commands.put("change_consumer", this::change);
    commands.put("consumer_status", request -> member(request).status());
    commands.put("close_consumer", this::closeOne);
  }

  private GroupMember member(Request request) {
    GroupMember member = members.get(request.text("name"));
    if (member == null) {
      throw new IllegalArgumentException("no consumer is called " + request.text("name"));
    }
    return member;
  }

  private Object start(Request request) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("group.id", request.text("group"));
    properties.put("group.protocol", request.text("protocol", "classic"));
    properties.put("client.id", request.text("client_id", request.text("name")));
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", request.text("reset", "earliest"));
    properties.put("max.poll.records", "10");
    if (request.text("protocol", "classic").equals("classic")) {
      properties.put("session.timeout.ms", "6000");
      properties.put("heartbeat.interval.ms", "1000");
    }
    properties.putAll(request.map("config"));
    GroupMember member =
        new GroupMember(
            properties,
            Interest.of(request),
            GroupMember.Pace.of(request),
            request.number("commit_every_ms", 500),
            request.text("commits", "positions").equals("positions"));
    members.put(request.text("name"), member);
    return true;
  }

  /** From now on "pace": keep_up, slow (with "rate"), stall or hang; and other "topics". */
  private Object change(Request request) {
    if (Interest.isTold(request)) {
      member(request).setInterest(Interest.of(request));
    }
    if (request.has("pace")) {
      member(request).setPace(GroupMember.Pace.of(request));
    }
    return true;
  }

  /** "goodbye": false goes without a last commit and without telling the group. */
  private Object closeOne(Request request) throws InterruptedException {
    GroupMember member = member(request);
    members.remove(request.text("name"));
    member.close(!request.has("goodbye") || request.yes("goodbye"));
    return member.status();
  }

  @Override
  public void close() {
    members.values().stream()
        .map(member -> CompletableFuture.runAsync(member::requestStop))
        .forEach(CompletableFuture::join);
  }
}
