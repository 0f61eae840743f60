package holter.cli.direct;

import holter.cli.Exit;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holter remedy show}: a plan, and what was done about it. */
@Command(name = "show", description = "Show a plan and its journal. Asks no cluster.")
final class RemedyShow extends RemedyVerb.Part {
  @Parameters(paramLabel = "PLAN", description = "The plan's id.")
  private String id = "";

  @Override
  int act() {
    Plan plan = plan(id);
    try {
      List<JournalEntry> entries = folder().journal(plan).entries();
      root()
          .terminal()
          .print(PlanText.data(plan, entries), () -> PlanText.of(plan, entries, root().terminal()));
      return Exit.OK;
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }
}
