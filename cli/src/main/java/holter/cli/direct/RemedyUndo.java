package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.remote.PlansServer;
import holter.cli.remote.ServedPlans;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.server.remedy.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holter remedy undo}: takes back what a plan did, once what was sick is well again. */
@Command(
    name = "undo",
    description = {
      "Take back what a plan did, last step first: the old order of replicas, the old leaders.",
      "A leader goes back to a broker only when that broker is in sync.",
      "With --server that server does it, and each line of its journal is told."
    },
    footer = {"", "Exit codes: 0 everything is as it was, 3 cannot tell, 5 not everything."})
final class RemedyUndo extends RemedyVerb.Part {
  @Mixin private final DirectOptions options = new DirectOptions();

  @Mixin private final PlansServer server = new PlansServer();

  @Parameters(paramLabel = "PLAN", description = "The plan's id.")
  private String id = "";

  @Override
  int act() throws InterruptedException {
    Optional<ServedPlans> there = there(server);
    if (there.isPresent()) {
      ServedPlan told = ServedPlan.of(there.get().one(id));
      return following(there.get()).go("undo", told, Execution.End.UNDONE);
    }
    Plan plan = plan(id);
    try (var _ = turn()) {
      Journal journal = folder().journal(plan);
      if (journal.entries().stream().noneMatch(e -> e.deed() == Deed.INTENDED)) {
        throw new Refusal(
            Exit.REMEDY_FAILED,
            "nothing of plan " + id + " was done",
            "there is nothing to take back",
            "holter remedy show " + id);
      }
      Deed last = journal.entries().getLast().deed();
      if (last == Deed.UNDO_FAILED || !undoing(journal)) { // what failed is tried again
        journal.add(new JournalEntry(System.currentTimeMillis(), Deed.UNDO_WANTED, 0, "asked for"));
      }
      var run = new RemedyRun(plan, options, Duration.ZERO, root().terminal());
      return run.go(folder(), journal, Execution.End.UNDONE);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private static boolean undoing(Journal journal) {
    return journal.entries().stream().anyMatch(e -> e.deed() == Deed.UNDO_WANTED);
  }
}
