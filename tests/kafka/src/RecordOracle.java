import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.Deserializer.UnknownRecordTypeException;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.generated.CoordinatorRecordJsonConverters;

/**
 * What Kafka itself makes of records of the offsets topic, one JSON object a line.
 *
 * <p>{"key_hex", "value_hex"} is answered by {"key", "value", "version"}, by {"unknown": true}, or by
 * {"refused": reason}, with the key where only the value was refused. {"encode": type, "key",
 * "version", "value"} is answered by {"key_hex", "value_hex"}, and {"group", "partitions"} by
 * {"partition"}.
 */
public final class RecordOracle {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GroupCoordinatorRecordSerde SERDE = new GroupCoordinatorRecordSerde();
  private static final HexFormat HEX = HexFormat.of();

  private RecordOracle() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
    }
  }

  private static ObjectNode answer(JsonNode question) throws JsonProcessingException {
    if (question.has("encode")) {
      return encode(question);
    }
    if (question.has("partitions")) {
      int hash = Utils.abs(question.get("group").asText().hashCode());
      return JSON.createObjectNode().put("partition", hash % question.get("partitions").asInt());
    }
    return decode(bytes(question.get("key_hex")), bytes(question.get("value_hex")));
  }

  private static ByteBuffer bytes(JsonNode hex) {
    return hex.isNull() ? null : ByteBuffer.wrap(HEX.parseHex(hex.asText()));
  }

  private static ObjectNode decode(ByteBuffer key, ByteBuffer value) {
    ObjectNode out = JSON.createObjectNode();
    try {
      CoordinatorRecord tombstone = SERDE.deserialize(key.duplicate(), null);
      out.set("key", CoordinatorRecordJsonConverters.writeRecordKeyAsJson(tombstone.key()));
      if (value != null) {
        CoordinatorRecord record = SERDE.deserialize(key.duplicate(), value);
        short version = record.value().version();
        ApiMessage message = record.value().message();
        JsonNode fields =
            CoordinatorRecordJsonConverters.writeRecordValueAsJson(message, version);
        readMembers(fields);
        out.put("version", version).set("value", fields);
      }
    } catch (UnknownRecordTypeException e) {
      out.put("unknown", true);
    } catch (RuntimeException e) {
      out.put("refused", String.valueOf(e.getMessage()));
    }
    return out;
  }

  /** Adds to the members of a classic group of consumers what their opaque bytes say. */
  private static void readMembers(JsonNode group) {
    if (!group.path("protocolType").asText().equals("consumer")) {
      return;
    }
    for (JsonNode node : group.path("members")) {
      ObjectNode member = (ObjectNode) node;
      member.set("topics", topics(member.get("subscription").asText()));
      member.set("partitions", partitions(member.get("assignment").asText()));
    }
  }

  private static JsonNode topics(String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      return JSON.valueToTree(ConsumerProtocol.deserializeSubscription(bytes).topics());
    } catch (RuntimeException e) {
      return JSON.nullNode();
    }
  }

  /** Pairs of topic and partitions: the public deserializer leaves topics without partitions out. */
  private static JsonNode partitions(String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      short version = ConsumerProtocol.deserializeVersion(bytes);
      short known =
          (short) Math.min(version, ConsumerProtocolAssignment.HIGHEST_SUPPORTED_VERSION);
      ArrayNode out = JSON.createArrayNode();
      ConsumerProtocol.deserializeAssignment(bytes.duplicate(), version);
      for (ConsumerProtocolAssignment.TopicPartition topic :
          new ConsumerProtocolAssignment(new ByteBufferAccessor(bytes), known)
              .assignedPartitions()) {
        out.addArray().add(topic.topic()).add(JSON.valueToTree(topic.partitions()));
      }
      return out;
    } catch (RuntimeException e) {
      return JSON.nullNode();
    }
  }

  private static ObjectNode encode(JsonNode question) {
    short type = question.get("encode").shortValue();
    ApiMessage key = CoordinatorRecordJsonConverters.readRecordKeyFromJson(question.get("key"), type);
    ObjectNode out = JSON.createObjectNode().put("key_hex", hex(type, key, (short) 0));
    if (question.get("value").isNull()) {
      return out.putNull("value_hex");
    }
    short version = question.get("version").shortValue();
    ApiMessage value =
        CoordinatorRecordJsonConverters.readRecordValueFromJson(
            question.get("value"), type, version);
    return out.put("value_hex", hex(version, value, version));
  }

  private static String hex(short prefix, ApiMessage message, short version) {
    byte[] bytes = Utils.toArray(MessageUtil.toVersionPrefixedByteBuffer(version, message));
    return HEX.formatHex(ByteBuffer.wrap(bytes).putShort(0, prefix).array());
  }
}
