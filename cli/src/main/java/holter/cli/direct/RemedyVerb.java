package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.cli.remote.PlansServer;
import holter.cli.remote.ServedPlans;
import holter.remedy.Plan;
import holter.server.remedy.PlanFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code holter remedy}: plans, carried out with consent, proved and undoable. */
@Command(
    name = "remedy",
    description = {
      "Plan what would help, apply it with your consent, prove the cure, take it back.",
      "plan only reads. apply and undo change the cluster, and nothing but what the plan says.",
      "With --server URL the plans are those of a running server, and it carries them out."
    },
    subcommands = {
      RemedyPlan.class,
      RemedyApply.class,
      RemedyUndo.class,
      RemedyList.class,
      RemedyShow.class
    })
public final class RemedyVerb implements Runnable {
  private final Holter root;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  private CommandSpec spec;

  public RemedyVerb(Holter root) {
    this.root = root;
    QuietLogs.silence();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no word after remedy");
  }

  /** What the words after {@code remedy} share. */
  abstract static class Part implements Callable<Integer> {
    /** What goes with --server, beside what every verb takes. */
    private static final Set<String> WITH_SERVER = Set.of("--server", "--token-file", "--yes");

    @ParentCommand private @Nullable RemedyVerb parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Option(
        names = "--plans",
        paramLabel = "DIR",
        description = "Where plans are kept (default: HOLTER_STATE, else ~/.local/state/holter).")
    private @Nullable Path plans;

    Holter root() {
      RemedyVerb given = parent;
      if (given == null) throw new IllegalStateException("picocli gave no parent");
      return given.root;
    }

    /**
     * The plans of the server that was named; empty when none was.
     *
     * @throws Refusal when something was given with it that is for here
     */
    Optional<ServedPlans> there(PlansServer server) {
      Optional<ServedPlans> plans = server.plans(root());
      if (plans.isPresent()) {
        spec.commandLine().getParseResult().matchedOptions().stream()
            .filter(option -> !option.inherited() && !WITH_SERVER.contains(option.longestName()))
            .findFirst()
            .ifPresent(option -> refuse(option.longestName()));
      }
      return plans;
    }

    private static void refuse(String option) {
      boolean dry = option.equals("--dry-run");
      throw Refusal.usage(
          option + " and --server do not go together",
          dry
              ? "a server has no call that only checks"
              : "a server has its own plans, brokers and Kubernetes",
          dry ? "holter remedy show, with --server" : "one of the two");
    }

    /** For whoever has a server carry out a plan. */
    ServedRun following(ServedPlans plans) {
      return new ServedRun(plans, root().terminal(), root().timeout());
    }

    PlanFolder folder() {
      Path given = plans;
      return new PlanFolder(given == null ? PlanFolder.usual() : given);
    }

    /**
     * A plan by its id.
     *
     * @throws Refusal when there is none, or it cannot be read
     */
    Plan plan(String id) {
      try {
        return folder()
            .plan(id)
            .orElseThrow(
                () ->
                    Refusal.usage(
                        "no plan " + id, "none is in " + folder().path(), "holter remedy list"));
      } catch (IOException unreadable) {
        throw unreadable(unreadable);
      }
    }

    /**
     * The turn to consent to plans and to carry them out.
     *
     * @throws Refusal while somebody else has it
     */
    PlanFolder.Turn turn() throws IOException {
      return folder()
          .turn()
          .orElseThrow(
              () ->
                  new Refusal(
                      Exit.REMEDY_FAILED,
                      "another plan of " + folder().path() + " is being carried out",
                      "one at a time",
                      "wait for it"));
    }

    Refusal unreadable(IOException why) {
      return Refusal.cannotTell(
          "plans in " + folder().path() + " cannot be read or written",
          String.valueOf(why.getMessage()),
          "--plans with a directory of your own");
    }

    abstract int act() throws InterruptedException;

    @Override
    public Integer call() throws InterruptedException {
      return act();
    }
  }
}
