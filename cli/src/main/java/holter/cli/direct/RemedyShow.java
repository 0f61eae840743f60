package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.remote.PlansServer;
import holter.cli.remote.ServedPlans;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holter remedy show}: a plan, and what was done about it. */
@Command(
    name = "show",
    description = "Show a plan and its journal. Asks no cluster; with --server that server.")
final class RemedyShow extends RemedyVerb.Part {
  @Mixin private final PlansServer server = new PlansServer();

  @Parameters(paramLabel = "PLAN", description = "The plan's id.")
  private String id = "";

  @Override
  int act() {
    Optional<ServedPlans> there = there(server);
    if (there.isPresent()) {
      ServedPlan told = ServedPlan.of(there.get().one(id));
      root().terminal().print(told.answer(), () -> PlanText.of(told.page(), told.journal()));
      return Exit.OK;
    }
    Plan plan = plan(id);
    try {
      List<JournalEntry> entries = folder().journal(plan).entries();
      root()
          .terminal()
          .print(
              PlanText.data(plan, entries),
              () ->
                  PlanText.of(
                      PlanText.page(plan, root().terminal()),
                      entries.stream().map(PlanPage.Noted::of).toList()));
      return Exit.OK;
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }
}
