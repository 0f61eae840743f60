package holter.server.remedy;

import holter.engine.View;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.server.port.Hand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the plans of a folder, and carries one out, or takes it back, when somebody consents to its
 * hash. One at a time, in a thread of its own; a plan that a restart cut short is not gone on with
 * until somebody asks. Thread-safe.
 */
public final class RemedyDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemedyDesk.class);
  private static final Duration TO_END = Duration.ofSeconds(1);

  /** What a plan is carried out with; closed when it has ended. */
  public interface Tools extends AutoCloseable {
    Hand hand();

    /** Where it is measured what a plan, begun then, promised beside well paths. */
    Promises.Measures measures(Instant since);

    @Override
    void close();
  }

  /** Where plans are carried out. */
  public interface Workplace {
    /**
     * Opens what a plan needs; may wait for another's lease to end, some seconds.
     *
     * @throws Refused when this plan cannot be carried out here, or not now
     */
    Tools open(Plan plan) throws Refused, InterruptedException;
  }

  /** Whom it asks. */
  public record Around(
      Supplier<View> view, BooleanSupplier leads, LongSupplier clock, Duration healthyFor) {}

  /** It is not done; the message says what, why, and what to try. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }
  }

  /**
   * A plan as it stands.
   *
   * @param entries its journal, oldest first
   * @param running whether this desk carries it out now
   */
  public record Shown(Plan plan, List<JournalEntry> entries, PlanState state, boolean running) {}

  /** What is looked at before anything is written. */
  private interface Gate {
    void pass(List<JournalEntry> entries) throws Refused;
  }

  private final PlanFolder folder;
  private final Workplace workplace;
  private final Around around;
  private volatile String running = "";
  private @Nullable Thread thread;
  private boolean closed;

  public RemedyDesk(PlanFolder folder, Workplace workplace, Around around) {
    this.folder = folder;
    this.workplace = workplace;
    this.around = around;
  }

  /** All plans, the newest first, bounded. */
  public List<Shown> all() throws IOException {
    var all = new ArrayList<Shown>();
    for (Plan plan : folder.plans()) {
      all.add(shown(plan));
    }
    return all;
  }

  /** A plan by its id. */
  public Optional<Shown> find(String id) throws IOException {
    Optional<Plan> plan = folder.plan(id);
    return plan.isPresent() ? Optional.of(shown(plan.get())) : Optional.empty();
  }

  private Shown shown(Plan plan) throws IOException {
    boolean atIt = running.equals(plan.id()); // asked first: no end is missed by who is told no
    List<JournalEntry> entries = folder.journal(plan).entries();
    return new Shown(plan, entries, state(plan, entries), atIt);
  }

  private static PlanState state(Plan plan, List<JournalEntry> entries) {
    return PlanState.of(plan, entries, System.currentTimeMillis());
  }

  /**
   * Consents to a plan and begins to carry it out, or goes on where its journal ends.
   *
   * @param hash what is consented to
   * @param who consents, as the journal is to have it
   * @throws Refused when the consent is for something else, or the plan cannot be begun now
   */
  public void apply(Plan plan, String hash, String who)
      throws Refused, IOException, InterruptedException {
    mayAsk(plan, hash);
    if (folder.stopped()) {
      throw new Refused(
          "a file \"stop\" lies in %s; no step is begun while it is there; take it away"
              .formatted(folder.path()));
    }
    begin(plan, Deed.CONSENTED, plan.hash() + " " + who, entries -> mayApply(plan, entries));
  }

  /**
   * Begins to take back what a plan did, or goes on with it; the kill switch does not hinder it.
   *
   * @param hash of the plan that is taken back
   * @param who wants it, as the journal is to have it
   * @throws Refused when there is nothing to take back, or not now
   */
  public void undo(Plan plan, String hash, String who)
      throws Refused, IOException, InterruptedException {
    mayAsk(plan, hash);
    begin(plan, Deed.UNDO_WANTED, "asked for " + who, entries -> mayUndo(plan, entries));
  }

  private void mayAsk(Plan plan, String hash) throws Refused {
    if (!hash.equals(plan.hash())) {
      throw new Refused(
          "the hash of plan %s is %s and not %s; read it again, and consent to what it says"
              .formatted(plan.id(), plan.hash(), hash));
    }
    if (!around.view().get().leading() || !around.leads().getAsBoolean()) {
      throw new Refused(
          "this replica does not lead, and only the leader acts; ask the one whose"
              + " /api/v1/status says leading");
    }
  }

  private static void mayApply(Plan plan, List<JournalEntry> entries) throws Refused {
    String why =
        switch (state(plan, entries)) {
          case NEW -> plan.steps().isEmpty() ? "has no step; what was refused says why" : "";
          case UNFINISHED, UNPROVED -> "";
          case EXPIRED -> "has expired: the cluster may have moved on; have another made";
          case CURED -> "is done, and its symptom is gone; undo takes it back";
          case FAILED -> "is over: a step failed; undo takes back what was done";
          case TAKING_BACK -> "is being taken back; undo goes on with that";
          case UNDONE -> "was taken back; have another made";
          case STUCK -> "could not be taken back wholly; undo tries again";
        };
    refuse(plan, why);
  }

  private static void mayUndo(Plan plan, List<JournalEntry> entries) throws Refused {
    boolean begun = entries.stream().anyMatch(entry -> entry.deed() == Deed.INTENDED);
    boolean wanted = entries.stream().anyMatch(entry -> entry.deed() == Deed.UNDO_WANTED);
    boolean undone = wanted && state(plan, entries) == PlanState.UNDONE; // else leaders may be left
    refuse(
        plan,
        !begun
            ? "has done nothing; there is nothing to take back"
            : undone ? "was taken back already; everything is as it was" : "");
  }

  private static void refuse(Plan plan, String why) throws Refused {
    if (!why.isEmpty()) {
      throw new Refused("plan " + plan.id() + " " + why);
    }
  }

  private void begin(Plan plan, Deed deed, String detail, Gate gate)
      throws Refused, IOException, InterruptedException {
    PlanFolder.Turn turn =
        folder
            .turn()
            .orElseThrow(
                () ->
                    new Refused(
                        "another plan of %s is being carried out; one at a time; wait for it"
                            .formatted(folder.path())));
    Tools tools = null;
    boolean begun = false;
    try {
      Journal journal = folder.journal(plan);
      gate.pass(journal.entries());
      tools = workplace.open(plan);
      journal.add(new JournalEntry(System.currentTimeMillis(), deed, 0, detail));
      start(plan, journal, turn, tools);
      begun = true;
    } finally {
      if (!begun) {
        end(turn, tools);
      }
    }
  }

  private synchronized void start(Plan plan, Journal journal, PlanFolder.Turn turn, Tools tools)
      throws Refused {
    if (closed) {
      throw new Refused(
          "Holter is stopping; plan %s goes on when it is asked for again".formatted(plan.id()));
    }
    running = plan.id();
    thread =
        Thread.ofVirtual()
            .name("remedy " + plan.id())
            .start(
                () -> {
                  try {
                    carry(plan, journal, tools);
                  } finally {
                    end(turn, tools);
                    over();
                  }
                });
  }

  private synchronized void over() {
    if (thread == Thread.currentThread()) { // else the next one has begun
      running = "";
    }
  }

  private void carry(Plan plan, Journal journal, Tools tools) {
    try {
      var paths = PathsWell.seen(plan, around.view(), around.healthyFor(), around.clock());
      BooleanSupplier stop = () -> folder.stopped() || !around.leads().getAsBoolean();
      var promises = Promises.of(plan, tools.measures(Promises.begun(journal.entries())));
      var run = new PlanRun(plan, journal, tools.hand(), paths.then(promises), stop);
      Execution.Next.Final end = run.run();
      LOG.atInfo().addKeyValue("plan", plan.id()).addKeyValue("end", end.why()).log("plan ended");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException unwritable) {
      LOG.atError()
          .addKeyValue("plan", plan.id())
          .addKeyValue("why", unwritable.getMessage())
          .log("a journal cannot be written, so nothing more is done");
    } catch (RuntimeException bug) {
      LOG.atError().setCause(bug).addKeyValue("plan", plan.id()).log("a plan is not gone on with");
    }
  }

  private void end(PlanFolder.Turn turn, @Nullable Tools tools) {
    try (turn) {
      if (tools != null) {
        tools.close();
      }
    } catch (IOException unclosed) {
      LOG.atWarn()
          .addKeyValue("plans", folder.path())
          .addKeyValue("why", unclosed.getMessage())
          .log("the turn to carry plans out is not given back");
    }
  }

  /** Stops between two acts; the plan stays unfinished. */
  @Override
  public void close() {
    Thread working;
    synchronized (this) {
      closed = true;
      working = thread;
    }
    if (working == null) {
      return;
    }
    working.interrupt();
    try {
      working.join(TO_END);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
