package holter.cli.direct;

import holter.cli.DurationText;
import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.server.remedy.Journal;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holter remedy apply}: carries out a plan that somebody consented to, and proves it. */
@Command(
    name = "apply",
    description = {
      "Carry out a plan: asks for your consent, looks before each step, watches the cure.",
      "When the symptom stays, everything is taken back. The same command goes on after a crash."
    },
    footer = {
      "",
      "Exit codes: 0 cured, or every step would be done, 3 cannot tell, 4 no consent, 5 not cured"
          + " or refused."
    })
final class RemedyApply extends RemedyVerb.Part {
  @Mixin private final DirectOptions options = new DirectOptions();

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
    Plan plan = plan(id);
    if (dryRun) {
      return new RemedyCheck(plan, options).tell(terminal);
    }
    try (var _ = turn()) {
      Journal journal = folder().journal(plan);
      if (journal.entries().stream().noneMatch(e -> e.deed() == Deed.CONSENTED)) {
        consent(plan, journal, terminal);
      }
      var run = new RemedyRun(plan, options, healthyFor, terminal);
      return run.go(folder(), journal, Execution.End.CURED);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private void consent(Plan plan, Journal journal, Terminal terminal) {
    if (plan.expiresAtWallMs() < System.currentTimeMillis()) {
      throw new Refusal(
          Exit.REMEDY_FAILED,
          "plan %s has expired at %s".formatted(plan.id(), PlanText.at(plan.expiresAtWallMs())),
          "the cluster may have moved on",
          "holter remedy plan");
    }
    if (!yes) {
      terminal.progress(PlanText.of(plan, terminal));
      ask(plan, terminal);
    }
    String who = System.getProperty("user.name", "somebody");
    journal.add(
        new JournalEntry(
            System.currentTimeMillis(), Deed.CONSENTED, 0, plan.hash() + " by " + who));
  }

  private static void ask(Plan plan, Terminal terminal) {
    long there = plan.steps().stream().filter(step -> step.act() instanceof KubeAct).count();
    String question =
        "applies %d steps (%d leaders moved, %d on Kubernetes), cannot undo %d; apply? [y/N] "
            .formatted(
                plan.steps().size(), plan.steps().size() - there, there, plan.irreversible());
    String answer =
        terminal
            .ask(question)
            .orElseThrow(
                () ->
                    new Refusal(
                        Exit.DENIED,
                        "nobody consented to plan " + plan.id(),
                        "there is no terminal to ask",
                        "holter remedy show %s, then apply it with --yes".formatted(plan.id())));
    if (!answer.strip().equalsIgnoreCase("y")) {
      throw new Refusal(
          Exit.DENIED, "plan %s is not applied".formatted(plan.id()), "you did not say y", "y");
    }
  }
}
