package holter.cli.direct;

import com.fasterxml.jackson.databind.JsonNode;
import holter.cli.Exit;
import holter.cli.Table;
import holter.cli.remote.PlansServer;
import holter.cli.remote.ServedPlans;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holter remedy list}: all plans, the newest first. */
@Command(
    name = "list",
    description = "List plans, the newest first. Asks no cluster; with --server that server.")
final class RemedyList extends RemedyVerb.Part {
  private static final List<String> HEADS = List.of("PLAN", "MADE", "STATE", "STEPS", "CLUSTER");

  @Mixin private final PlansServer server = new PlansServer();

  @Override
  int act() {
    Optional<ServedPlans> there = there(server);
    if (there.isPresent()) {
      JsonNode all = there.get().all();
      root().terminal().print(all, () -> table(all, there.get()));
      return Exit.OK;
    }
    try {
      var table = new Table(HEADS.toArray(String[]::new));
      var data = new ArrayList<Map<String, Object>>();
      for (Plan plan : folder().plans()) {
        String state = state(folder().journal(plan).entries());
        table.row(
            plan.id(),
            PlanText.at(plan.madeAtWallMs()),
            state,
            plan.steps().size(),
            plan.cluster());
        data.add(
            Map.of(
                "id", plan.id(),
                "madeAt", PlanText.at(plan.madeAtWallMs()),
                "state", state,
                "steps", plan.steps().size(),
                "cluster", plan.cluster()));
      }
      root()
          .terminal()
          .print(data, () -> data.isEmpty() ? "no plan in " + folder().path() : table.toString());
      return Exit.OK;
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  /** The last thing that happened; a plan that nobody touched is new. */
  private static String state(List<JournalEntry> entries) {
    return entries.isEmpty() ? "new" : entries.getLast().deed().name();
  }

  private static String table(JsonNode all, ServedPlans plans) {
    JsonNode items = all.path("items");
    if (items.isEmpty()) return "no plan lies with " + plans.server();
    boolean incidents = items.findValues("incident").stream().anyMatch(JsonNode::isTextual);
    var heads = new ArrayList<>(HEADS);
    if (incidents) heads.add("INCIDENT");
    var table = new Table(heads.toArray(String[]::new));
    for (JsonNode item : items) {
      var cells = new ArrayList<String>();
      cells.add(item.path("id").asText());
      cells.add(PlanText.at(item.path("madeAtMs").asLong()));
      cells.add(
          item.path("state").asText() + (item.path("running").asBoolean() ? ", running" : ""));
      cells.add(item.path("steps").asText());
      cells.add(item.path("cluster").asText("-"));
      if (incidents) cells.add(item.path("incident").asText("-"));
      table.row(cells.toArray());
    }
    return table.toString();
  }
}
