package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Table;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code holter remedy list}: all plans, the newest first. */
@Command(name = "list", description = "List plans, the newest first. Asks no cluster.")
final class RemedyList extends RemedyVerb.Part {
  @Override
  int act() {
    try {
      var table = new Table("PLAN", "MADE", "STATE", "STEPS", "CLUSTER");
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
}
