import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** One command line; asking for a field that is not there names the field. */
final class Request {
  private final JsonNode json;

  Request(JsonNode json) {
    this.json = json;
  }

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  JsonNode field(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException("the field " + name + " is missing");
    }
    return json.get(name);
  }

  String text(String name) {
    return field(name).asText();
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  int number(String name) {
    return field(name).asInt();
  }

  int number(String name, int otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  boolean yes(String name) {
    return has(name) && field(name).asBoolean();
  }

  List<String> texts(String name) {
    List<String> out = new ArrayList<>();
    field(name).forEach(item -> out.add(item.asText()));
    return out;
  }

  List<Integer> numbers(String name) {
    List<Integer> out = new ArrayList<>();
    field(name).forEach(item -> out.add(item.asInt()));
    return out;
  }

  /** [[1, 2], [2, 3]]: a list of numbers by the index of its row. */
  Map<Integer, List<Integer>> rows(String name) {
    Map<Integer, List<Integer>> out = new HashMap<>();
    for (JsonNode row : field(name)) {
      List<Integer> numbers = new ArrayList<>();
      row.forEach(item -> numbers.add(item.asInt()));
      out.put(out.size(), numbers);
    }
    return out;
  }

  Map<String, String> map(String name) {
    Map<String, String> out = new HashMap<>();
    if (has(name)) {
      field(name).properties().forEach(e -> out.put(e.getKey(), e.getValue().asText()));
    }
    return out;
  }

  /** {"0": 17} of the topic named by "topic". */
  Map<TopicPartition, Long> offsets(String name) {
    Map<TopicPartition, Long> out = new HashMap<>();
    field(name)
        .properties()
        .forEach(
            e ->
                out.put(
                    new TopicPartition(text("topic"), Integer.parseInt(e.getKey())),
                    e.getValue().asLong()));
    return out;
  }
}
