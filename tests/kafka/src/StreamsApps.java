import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Commands about Kafka Streams applications, each known by a name of the test's choice: they copy
 * "topics" (or those of a "pattern") to the topic "to", over an internal repartition topic if asked
 * to. "protocol" is classic or streams (KIP-1071).
 */
final class StreamsApps implements AutoCloseable {
  private record App(KafkaStreams streams, Path folder) {
    void close() {
      streams.close(Duration.ofSeconds(20));
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
    }
  }

  private final Properties client;
  private final Map<String, App> apps = new HashMap<>();

  StreamsApps(Properties client) {
    this.client = client;
  }

  void register(Map<String, Workload.Command> commands) {
    commands.put("stream", this::start);
    commands.put("stream_state", request -> app(request).streams().state().toString());
    commands.put("close_stream", this::closeOne);
  }

  private App app(Request request) {
    App app = apps.get(request.text("name"));
    if (app == null) {
      throw new IllegalArgumentException("no application is called " + request.text("name"));
    }
    return app;
  }

  private Object start(Request request) throws IOException {
    Path folder = Files.createTempDirectory("tidemark-streams-");
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("application.id", request.text("group"));
    properties.put("client.id", request.text("client_id", request.text("name")));
    properties.put("group.protocol", request.text("protocol", "classic"));
    properties.put("state.dir", folder.toString());
    properties.put("auto.offset.reset", "earliest");
    properties.put("commit.interval.ms", "500");
    properties.put("default.key.serde", Serdes.ByteArray().getClass());
    properties.put("default.value.serde", Serdes.ByteArray().getClass());
    if (request.text("protocol", "classic").equals("classic")) {
      properties.put("session.timeout.ms", "6000");
      properties.put("heartbeat.interval.ms", "1000");
    }
    properties.putAll(request.map("config"));
    App app = new App(new KafkaStreams(copying(request).build(), properties), folder);
    apps.put(request.text("name"), app);
    app.streams().setUncaughtExceptionHandler(StreamsApps::goOn);
    app.streams().start();
    return true;
  }

  /** As in production: what befalls a thread (a topic not yet known) is said, and tried anew. */
  private static StreamThreadExceptionResponse goOn(Throwable problem) {
    problem.printStackTrace();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private static StreamsBuilder copying(Request request) {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], byte[]> source =
        request.has("pattern")
            ? builder.stream(Pattern.compile(request.text("pattern")))
            : builder.stream(List.copyOf(request.texts("topics")));
    if (request.yes("repartition")) {
      source =
          source
              .selectKey((key, value) -> value)
              .repartition(
                  Repartitioned.<byte[], byte[]>as("by-value")
                      .withNumberOfPartitions(request.number("partitions", 2)));
    }
    source.to(request.text("to"));
    return builder;
  }

  private Object closeOne(Request request) {
    App app = app(request);
    apps.remove(request.text("name"));
    app.close();
    return true;
  }

  @Override
  public void close() {
    apps.values().forEach(App::close);
  }
}
