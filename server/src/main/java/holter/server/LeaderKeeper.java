package holter.server;

import holter.channel.ClusterMap;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.LeaderPlanner;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.remedy.Proposal;
import holter.server.config.HolterConfig;
import holter.server.config.Remedies;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.LeaderMover;
import holter.server.remedy.Journal;
import holter.server.remedy.PathsWell;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanRun;
import holter.server.remedy.PlanWatch;
import holter.server.remedy.Vigil;
import holter.words.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that brokers which were found sick lead nothing: plans it, tells the plan in the
 * incident, and carries it out where the configuration says that this is consented to. One plan per
 * incident and its sick brokers; after one that failed nothing is done unasked any more, after one
 * that helped not again for half an hour. Has one thread of its own.
 */
final class LeaderKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderKeeper.class);
  private static final Duration GLANCE = Duration.ofMillis(250);
  private static final long COOL_DOWN_MS = Duration.ofMinutes(30).toMillis();

  /** When nobody told who leads, they are asked again after this. */
  private static final long AGAIN_MS = 5_000;

  private static final String STANDING = "standing, by remedies.leaders: auto";

  /** Whom it asks. */
  record Around(
      Supplier<View> view, BooleanSupplier leads, Consumer<Input> inbox, EngineClock clock) {}

  /** An incident, and who is sick in it: what a plan was made for. */
  private record Occasion(String incident, Set<Integer> sick) {}

  private final HolterConfig config;
  private final KafkaSettings kafka;
  private final Around around;
  private final PlanWatch watch;
  private final PlanFolder plans;
  private final Set<Occasion> handled = new HashSet<>();
  private final Map<Integer, Long> movedAtMs = new HashMap<>();
  private final Vigil vigil;
  private long notBeforeMs;
  private boolean failed;

  LeaderKeeper(HolterConfig config, KafkaSettings kafka, Around around, PlanWatch watch) {
    this.config = config;
    this.kafka = kafka;
    this.around = around;
    this.watch = watch;
    this.plans = PlanFolder.at(config.remedies().plans());
    this.vigil = new Vigil("leaders", GLANCE, () -> turn(around.view().get()));
  }

  void start() {
    if (config.remedies().leaders() != Remedies.Mode.OFF) {
      vigil.start();
    }
  }

  private void turn(View view) throws InterruptedException {
    Set<String> open =
        view.incidents().stream()
            .filter(Incident::open)
            .map(Incident::id)
            .collect(Collectors.toSet());
    handled.removeIf(occasion -> !open.contains(occasion.incident()));
    ClusterMap map = view.map();
    boolean mine = view.leading() && around.leads().getAsBoolean();
    if (map == null || !mine || around.clock().getAsLong() < notBeforeMs) {
      return;
    }
    for (Incident incident : view.incidents()) {
      Set<Integer> sick = LeaderPlanner.sick(incident.diagnosis());
      sick.removeIf(this::coolsDown);
      var occasion = new Occasion(incident.id(), Set.copyOf(sick));
      if (incident.open() && !sick.isEmpty() && !handled.contains(occasion)) {
        remedy(incident, occasion, map);
      }
    }
  }

  private boolean coolsDown(int broker) {
    Long at = movedAtMs.get(broker);
    return at != null && around.clock().getAsLong() - at < COOL_DOWN_MS;
  }

  private void remedy(Incident incident, Occasion occasion, ClusterMap map)
      throws InterruptedException {
    try (LeaderMover mover = new LeaderMover(kafka, map.brokers(), occasion.sick())) {
      Proposal moves =
          LeaderPlanner.plan(mover.world(), occasion.sick(), config.kafka().zookeeper());
      handled.add(occasion);
      if (moves.steps().isEmpty()) {
        note(incident, Sentence.of(PlanWords.NOTHING_PLANNED, occasion.sick(), moves.refused()));
        return;
      }
      Plan plan =
          Plan.of(
              String.join(",", kafka.bootstrapServers()),
              config.heartbeat().topic(),
              occasion.sick(),
              moves,
              System.currentTimeMillis());
      plans.save(plan);
      if (config.remedies().leaders() == Remedies.Mode.AUTO && !failed) {
        apply(incident, plan, mover);
      } else {
        note(incident, words(PlanWords.SUGGESTED, plan));
      }
    } catch (LeaderMover.CannotAsk untold) {
      notBeforeMs = around.clock().getAsLong() + AGAIN_MS;
      LOG.atWarn()
          .addKeyValue("brokers", occasion.sick())
          .addKeyValue("why", untold.getMessage())
          .log("leaders cannot be read");
    } catch (IOException | UncheckedIOException unwritable) {
      LOG.atError()
          .addKeyValue("plans", plans.path())
          .addKeyValue("why", unwritable.getMessage())
          .log("no plan can be kept, so none is carried out");
    }
  }

  private static Sentence words(PlanWords words, Plan plan) {
    return Sentence.of(
        words, plan.id(), plan.steps().size(), plan.about(), "holter remedy apply " + plan.id());
  }

  private void note(Incident incident, Sentence what) {
    LOG.atInfo().addKeyValue("incident", incident.id()).addKeyValue("what", what).log("remedy");
    around.inbox().accept(new Input.Noted(incident.id(), what));
  }

  private void apply(Incident incident, Plan plan, LeaderMover mover)
      throws IOException, InterruptedException {
    Optional<PlanFolder.Turn> turn = plans.turn();
    if (turn.isEmpty()) {
      note(incident, words(PlanWords.SUGGESTED, plan));
      return;
    }
    note(incident, words(PlanWords.APPLYING, plan));
    long begunNs = System.nanoTime();
    try (var _ = turn.get();
        var _ = watch.inOwnWords(plan)) {
      Journal journal = plans.journal(plan);
      journal.add(
          new JournalEntry(
              System.currentTimeMillis(), Deed.CONSENTED, 0, plan.hash() + " " + STANDING));
      var paths =
          PathsWell.seen(plan, around.view(), config.remedies().healthyFor(), around.clock());
      var run =
          new PlanRun(
              plan,
              journal,
              mover,
              () -> {
                tellMoved(incident, plan, journal, (System.nanoTime() - begunNs) / 1_000_000);
                return paths.watch();
              },
              () -> plans.stopped() || !around.leads().getAsBoolean());
      ended(incident, plan, run.run());
    }
  }

  private void tellMoved(Incident incident, Plan plan, Journal journal, long tookMs) {
    long done = journal.entries().stream().filter(e -> e.deed() == Deed.DONE).count();
    note(incident, Sentence.of(PlanWords.APPLIED, plan.id(), done, plan.steps().size(), tookMs));
  }

  private void ended(Incident incident, Plan plan, Execution.Next.Final end) {
    Sentence other = Sentence.of(PlanWords.NOT_APPLIED, plan.id(), end.why());
    Sentence what =
        switch (end) {
          case Execution.Next.Ended(Execution.End how, var _) ->
              switch (how) {
                case CURED -> Sentence.of(PlanWords.PROVED, plan.id());
                case UNDONE -> Sentence.of(PlanWords.TAKEN_BACK, plan.id());
                case UNPROVED, FAILED, STUCK -> other;
              };
          case Execution.Next.Refused refused -> other;
          case Execution.Next.Stopped stopped -> other;
        };
    if (what.phrase() == PlanWords.PROVED) {
      plan.about().forEach(broker -> movedAtMs.put(broker, around.clock().getAsLong()));
    } else {
      failed = true;
    }
    note(incident, what);
  }

  @Override
  public void close() {
    vigil.close();
  }
}
