package holter.cli.direct;

import holter.cli.DurationText;
import holter.cli.Terminal;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holter remedy apply}: carries out a plan that somebody consented to, and proves it. */
@Command(
    name = "apply",
    description = {
      "Carry out a plan: asks for your consent, looks before each step, watches the cure.",
      "When the symptom stays, everything is taken back. The same command goes on after a crash,",
      "and measures again what could not be measured.",
      "With --server that server does it, and each line of its journal is told."
    },
    footer = {
      "",
      "Exit codes: 0 cured, or every step would be done, 3 cannot tell or not"
          + " measured, 4 no consent, 5 not cured"
          + " or refused."
    })
final class RemedyApply extends RemedyVerb.Part {
  @Mixin private final DirectOptions options = new DirectOptions();

  @Mixin private final PlansServer server = new PlansServer();

  @Parameters(paramLabel = "PLAN", description = "The plan's id.")
  private String id = "";

  @Option(
      names = {"-y", "--yes"},
      description = "You consent to this very plan; you are not asked.")
  private boolean yes;

  @Option(
      names = "--dry-run",
      description = "Have each step checked by the cluster, as it is now; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--healthy-for",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How long the paths must be well to be called cured (default: 15s).")
  private Duration healthyFor = Duration.ofSeconds(15);

  @Override
  int act() throws InterruptedException {
    Terminal terminal = root().terminal();
    Optional<ServedPlans> there = there(server);
    if (there.isPresent()) {
      return applied(there.get(), terminal);
    }
    Plan plan = plan(id);
    if (dryRun) {
      return new RemedyCheck(plan, options).tell(terminal);
    }
    try (var _ = turn()) {
      Journal journal = folder().journal(plan);
      if (journal.entries().stream().noneMatch(e -> e.deed() == Deed.CONSENTED)) {
        consent(plan, journal, terminal);
      } else if (journal.entries().getLast().deed() == Deed.UNPROVED) { // measured anew
        noteConsent(plan, journal);
      }
      var run = new RemedyRun(plan, options, healthyFor, terminal);
      return run.go(folder(), journal, Execution.End.CURED);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private int applied(ServedPlans plans, Terminal terminal) throws InterruptedException {
    ServedPlan told = ServedPlan.of(plans.one(id));
    if (told.state().equals("expired")) {
      throw RemedyConsent.expired(told.page(), plans.toList());
    }
    if (!told.consented() && !yes) {
      RemedyConsent.ask(told.page(), plans.toShow(id), terminal);
    }
    return following(plans).go("apply", told, Execution.End.CURED);
  }

  private void consent(Plan plan, Journal journal, Terminal terminal) {
    PlanPage page = PlanText.page(plan, terminal);
    if (plan.expiresAtWallMs() < System.currentTimeMillis()) {
      throw RemedyConsent.expired(page, "holter remedy plan");
    }
    if (!yes) {
      RemedyConsent.ask(page, "holter remedy show " + plan.id(), terminal);
    }
    noteConsent(plan, journal);
  }

  private static void noteConsent(Plan plan, Journal journal) {
    journal.add(
        new JournalEntry(
            System.currentTimeMillis(),
            Deed.CONSENTED,
            0,
            plan.hash() + " by " + RemedyConsent.who()));
  }
}
