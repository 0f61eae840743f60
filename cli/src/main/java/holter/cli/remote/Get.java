package holter.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.cli.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holter get KIND [NAME…]}: what the server knows, as a table. */
@Command(
    name = "get",
    description = "List instances, partitions, brokers or incidents of a running server.")
public final class Get implements Callable<Integer> {
  private final Holter root;

  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "instances, partitions, brokers or incidents.")
  private String kind = "";

  @Parameters(index = "1..*", paramLabel = "NAME", description = "Only these.")
  private List<String> names = List.of();

  public Get(Holter root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Rows rows = rowsOf(kind);
    Terminal terminal = root.terminal();
    String path = "/api/v1/%s?lang=%s".formatted(rows.path(), terminal.language());
    JsonNode answer = options.client(root).json(path);
    JsonNode wanted = names.isEmpty() ? answer : only(answer, rows.id());
    terminal.print(wanted, () -> rows.table(wanted));
    return Exit.OK;
  }

  private JsonNode only(JsonNode answer, String id) {
    ObjectNode copy = answer.deepCopy();
    ArrayNode items = copy.putArray("items");
    for (JsonNode item : answer.path("items")) {
      if (names.contains(item.path(id).asText())) items.add(item);
    }
    for (String name : names) {
      boolean found = false;
      for (JsonNode item : items) {
        found |= item.path(id).asText().equals(name);
      }
      if (!found) {
        throw Refusal.usage("no " + kind + " " + name, "not known", "holter get " + kind);
      }
    }
    return copy;
  }

  private static Rows rowsOf(String kind) {
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "instance", "instances" -> Rows.INSTANCES;
      case "partition", "partitions" -> Rows.PARTITIONS;
      case "broker", "brokers" -> Rows.BROKERS;
      case "incident", "incidents" -> Rows.INCIDENTS;
      default ->
          throw Refusal.usage(
              "no kind " + kind,
              "there are instances, partitions, brokers and incidents",
              "holter get instances");
    };
  }
}
