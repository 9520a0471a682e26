import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Real Kafka clients on a lead: one JSON object a line on standard input says what to do, one a line
 * on standard output answers. Consumers and steady producers run on threads of their own meanwhile.
 * The program ends with its input.
 *
 * <p>Usage: Workload HOST:PORT [CLIENT.PROPERTIES]
 */
public final class Workload {
  /** What one word in "do" stands for. */
  interface Command {
    Object run(Request request) throws Exception;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private Workload() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Properties client = new Properties();
    if (arguments.length > 1) {
      client.load(Files.newBufferedReader(Path.of(arguments[1])));
    }
    client.put("bootstrap.servers", arguments[0]);
    try (Admin admin = Admin.create(client);
        Producers producers = new Producers(client);
        Consumers consumers = new Consumers(client);
        ShareGroups shareGroups = new ShareGroups(admin, client);
        StreamsApps streamsApps = new StreamsApps(client)) {
      Map<String, Command> commands = new HashMap<>();
      new Topics(admin).register(commands);
      new Groups(admin, client).register(commands);
      new Rights(admin).register(commands);
      producers.register(commands);
      consumers.register(commands);
      shareGroups.register(commands);
      streamsApps.register(commands);
      serve(commands, answers);
    }
  }

  private static void serve(Map<String, Command> commands, PrintStream answers) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(JSON.writeValueAsString(answer(commands, line)));
    }
  }

  private static ObjectNode answer(Map<String, Command> commands, String line) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      JsonNode json = JSON.readTree(line);
      Request request = new Request(json);
      Command command = commands.get(request.text("do"));
      if (command == null) {
        throw new IllegalArgumentException("nothing is called " + request.text("do"));
      }
      answer.set("result", JSON.valueToTree(command.run(request)));
    } catch (JsonProcessingException problem) {
      answer.put("error", "not JSON: " + problem.getOriginalMessage());
    } catch (ExecutionException problem) {
      answer.put("error", problem.getCause().toString());
    } catch (Exception problem) { // told to the test, which decides
      answer.put("error", problem.toString());
    }
    return answer;
  }
}
