import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Commands that write records: so many per partition, in transactions, raw, or steadily. */
final class Producers implements AutoCloseable {
  private final Properties client;
  private final KafkaProducer<byte[], byte[]> plain;
  private final Map<String, KafkaProducer<byte[], byte[]>> open = new HashMap<>();
  private final Map<String, SteadyProducer> steady = new HashMap<>();

  Producers(Properties client) {
    this.client = client;
    this.plain = producer(Map.of());
  }

  void register(Map<String, Workload.Command> commands) {
    commands.put("produce", this::produce);
    commands.put("end_transaction", this::endTransaction);
    commands.put("produce_raw", this::produceRaw);
    commands.put("produce_steadily", this::startSteady);
    commands.put("stop_producing", this::stopSteady);
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("linger.ms", "5");
    properties.put("batch.size", "262144");
    properties.put("max.block.ms", "20000");
    // Several in flight to a topic that was just created can lock a producer out of its sequence.
    properties.put("max.in.flight.requests.per.connection", "1");
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * "counts": [5, 0, 3] records to partitions 0, 1, 2; "transaction": commit, abort or open. With
   * "group" and "offsets" the transaction also commits offsets for the group. "key": one key for
   * all; "age_ms": how old each record says that it is (below 0: from the future).
   */
  private Object produce(Request request) throws ExecutionException, InterruptedException {
    if (!request.has("transaction")) {
      return send(plain, request);
    }
    String id = request.text("transactional_id", "workload");
    Map<String, Object> more = new HashMap<>(request.map("config"));
    more.put("transactional.id", id);
    KafkaProducer<byte[], byte[]> producer = producer(more);
    producer.initTransactions();
    producer.beginTransaction();
    Object sent = send(producer, request);
    if (request.has("group")) {
      commitOffsets(producer, request);
    }
    if (request.text("transaction").equals("open")) {
      open.put(id, producer);
    } else {
      end(producer, request.text("transaction").equals("commit"));
    }
    return sent;
  }

  private void commitOffsets(KafkaProducer<byte[], byte[]> producer, Request request) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    request.offsets("offsets").forEach((at, o) -> offsets.put(at, new OffsetAndMetadata(o)));
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("group.id", request.text("group"));
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(properties, bytes, bytes)) {
      producer.sendOffsetsToTransaction(offsets, member.groupMetadata());
    }
  }

  private Object endTransaction(Request request) {
    end(open.remove(request.text("transactional_id", "workload")), request.yes("commit"));
    return true;
  }

  private static void end(KafkaProducer<byte[], byte[]> producer, boolean commit) {
    try (producer) {
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static Object send(KafkaProducer<byte[], byte[]> producer, Request request)
      throws ExecutionException, InterruptedException {
    List<Integer> counts = request.numbers("counts");
    byte[] value = new byte[request.number("size", 50)];
    Long stamp =
        request.has("age_ms")
            ? System.currentTimeMillis() - request.field("age_ms").asLong()
            : null;
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int partition = 0; partition < counts.size(); ++partition) {
      for (int i = 0; i < counts.get(partition); ++i) {
        byte[] key = request.text("key", "k" + i).getBytes(StandardCharsets.UTF_8);
        sent.add(
            producer.send(
                new ProducerRecord<>(request.text("topic"), partition, stamp, key, value)));
      }
    }
    return confirmed(producer, sent);
  }

  private static int confirmed(
      KafkaProducer<byte[], byte[]> producer, List<Future<RecordMetadata>> sent)
      throws ExecutionException, InterruptedException {
    producer.flush();
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
    return sent.size();
  }

  /**
   * "records": [{"key": base64, "value": base64 or null}], all of them "times" over (1); "client_id"
   * as the broker sees it.
   */
  private Object produceRaw(Request request) throws ExecutionException, InterruptedException {
    String id = request.text("client_id", "workload");
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("client.id", id))) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (JsonNode record : request.field("records")) {
        records.add(
            new ProducerRecord<>(
                request.text("topic"),
                request.number("partition"),
                bytes(record, "key"),
                bytes(record, "value")));
      }
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int turn = 0; turn < request.number("times", 1); ++turn) {
        records.forEach(record -> sent.add(producer.send(record)));
      }
      return confirmed(producer, sent);
    }
  }

  private static byte[] bytes(JsonNode record, String field) {
    return record.hasNonNull(field) ? Base64.getDecoder().decode(record.get(field).asText()) : null;
  }

  private Object startSteady(Request request) {
    steady.put(
        request.text("name"),
        new SteadyProducer(
            producer(Map.of()),
            request.text("topic"),
            request.number("partitions", 1),
            request.number("rate"),
            request.number("age_ms", 0)));
    return true;
  }

  private Object stopSteady(Request request) throws InterruptedException {
    SteadyProducer producer = steady.remove(request.text("name"));
    producer.close();
    return producer.sent();
  }

  @Override
  public void close() {
    steady.values().forEach(SteadyProducer::requestStop);
    plain.close(java.time.Duration.ZERO);
    open.values().forEach(producer -> producer.close(java.time.Duration.ZERO));
  }
}
