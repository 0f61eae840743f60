package holter.server;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PathState;
import holter.diagnose.Confidence;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.remedy.Act;
import holter.remedy.Entry;
import holter.remedy.Entry.Deed;
import holter.remedy.Execution;
import holter.remedy.LeaderPlanner;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.server.config.HolterConfig;
import holter.server.config.Remedies;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.LeaderMover;
import holter.server.remedy.Journal;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanRun;
import holter.words.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a broker which was found sick leads nothing: plans it, tells the plan in the
 * incident, and carries it out where the configuration says that this is consented to. One plan per
 * incident and broker; after one that failed nothing is done unasked any more, after one that
 * helped not again for half an hour. Has one thread of its own.
 */
final class LeaderKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderKeeper.class);
  private static final Duration GLANCE = Duration.ofMillis(250);
  private static final long COOL_DOWN_MS = Duration.ofMinutes(30).toMillis();

  /** A follower that hangs in the ISR keeps paths sick until it is ejected: 30 s by default. */
  private static final long TO_HEAL_MS = 90_000;

  private static final String STANDING = "standing, by remedies.leaders: auto";

  /** Whom it asks. */
  record Around(
      Supplier<View> view, BooleanSupplier leads, Consumer<Input> inbox, EngineClock clock) {}

  private final HolterConfig config;
  private final KafkaSettings kafka;
  private final Around around;
  private final PlanFolder plans;
  private final Map<String, Plan> handled = new HashMap<>();
  private final Map<Integer, Long> movedAtMs = new HashMap<>();
  private final Thread thread;
  private boolean failed;

  LeaderKeeper(HolterConfig config, KafkaSettings kafka, Around around) {
    this.config = config;
    this.kafka = kafka;
    this.around = around;
    String folder = config.remedies().plans();
    this.plans = new PlanFolder(folder.isEmpty() ? PlanFolder.usual() : Path.of(folder));
    this.thread = Thread.ofVirtual().name("leaders").unstarted(this::run);
  }

  void start() {
    if (config.remedies().leaders() != Remedies.Mode.OFF) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(GLANCE);
        View view = around.view().get();
        if (view.leading() && around.leads().getAsBoolean()) {
          for (Incident incident : view.incidents()) {
            if (incident.open()) remedy(incident, view);
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void remedy(Incident incident, View view) throws InterruptedException {
    Optional<Integer> sick = sick(incident);
    ClusterMap map = view.map();
    if (sick.isEmpty() || map == null) {
      return;
    }
    int broker = sick.get();
    String key = incident.id() + "/" + broker;
    if (handled.containsKey(key) || coolsDown(broker)) {
      return;
    }
    List<BrokerNode> wellFirst =
        map.brokers().stream().sorted(Comparator.comparing(node -> node.id() == broker)).toList();
    try (LeaderMover mover = new LeaderMover(kafka, wellFirst)) {
      LeaderPlanner.Moves moves =
          LeaderPlanner.plan(mover.world(), Set.of(broker), config.kafka().zookeeper());
      Plan plan = plan(broker, moves);
      handled.put(key, plan);
      if (plan.steps().isEmpty()) {
        note(incident, Sentence.of(PlanWords.NOTHING_PLANNED, broker, plan.refused()));
        return;
      }
      plans.save(plan);
      if (config.remedies().leaders() == Remedies.Mode.AUTO && !failed) {
        apply(incident, plan, broker, mover);
      } else {
        note(incident, words(PlanWords.SUGGESTED, plan, broker));
      }
    } catch (LeaderMover.CannotAsk untold) {
      LOG.atWarn()
          .addKeyValue("broker", broker)
          .addKeyValue("why", untold.getMessage())
          .log("leaders cannot be read");
    } catch (IOException | UncheckedIOException unwritable) {
      handled.put(key, plan(broker, new LeaderPlanner.Moves(List.of(), List.of(), List.of())));
      LOG.atError()
          .addKeyValue("plans", plans.path())
          .addKeyValue("why", unwritable.getMessage())
          .log("no plan can be kept, so none is carried out");
    }
  }

  /** A broker that a likely cause points at which moving leaders helps. */
  private static Optional<Integer> sick(Incident incident) {
    return incident.diagnosis().found().stream()
        .filter(f -> f.confidence() != Confidence.INCONCLUSIVE && !f.over())
        .filter(f -> f.subject().brokerId() >= 0 && LeaderPlanner.helps(f.code()))
        .map(f -> f.subject().brokerId())
        .findFirst();
  }

  private boolean coolsDown(int broker) {
    Long at = movedAtMs.get(broker);
    return at != null && around.clock().getAsLong() - at < COOL_DOWN_MS;
  }

  private Plan plan(int broker, LeaderPlanner.Moves moves) {
    long now = System.currentTimeMillis();
    return new Plan(
        "p" + Long.toString(now, 36),
        String.join(",", kafka.bootstrapServers()),
        config.heartbeat().topic(),
        Set.of(broker),
        moves.steps(),
        moves.costs(),
        moves.refused(),
        now,
        now + Plan.VALID_MS);
  }

  private static Sentence words(PlanWords words, Plan plan, int broker) {
    return Sentence.of(
        words, plan.id(), plan.steps().size(), broker, "holter remedy apply " + plan.id());
  }

  private void note(Incident incident, Sentence what) {
    LOG.atInfo().addKeyValue("incident", incident.id()).addKeyValue("what", what).log("remedy");
    around.inbox().accept(new Input.Noted(incident.id(), what));
  }

  private void apply(Incident incident, Plan plan, int broker, LeaderMover mover)
      throws IOException, InterruptedException {
    Optional<PlanFolder.Turn> turn = plans.turn(plan);
    if (turn.isEmpty()) {
      note(incident, words(PlanWords.SUGGESTED, plan, broker));
      return;
    }
    note(incident, words(PlanWords.APPLYING, plan, broker));
    long begunNs = System.nanoTime();
    try (PlanFolder.Turn mine = turn.get()) {
      Journal journal = plans.journal(plan);
      journal.add(
          new Entry(System.currentTimeMillis(), Deed.CONSENTED, 0, plan.hash() + " " + STANDING));
      var run =
          new PlanRun(
              plan,
              journal,
              mover,
              () -> {
                tellMoved(incident, plan, journal, (System.nanoTime() - begunNs) / 1_000_000);
                return watch(plan);
              },
              () -> plans.stopped() || !around.leads().getAsBoolean());
      ended(incident, plan, broker, run.run());
      LOG.atDebug().addKeyValue("turn", mine).log("given back");
    }
  }

  private void tellMoved(Incident incident, Plan plan, Journal journal, long tookMs) {
    long done = journal.entries().stream().filter(e -> e.deed() == Deed.DONE).count();
    note(incident, Sentence.of(PlanWords.APPLIED, plan.id(), done, plan.steps().size(), tookMs));
  }

  private void ended(Incident incident, Plan plan, int broker, Execution.Next end) {
    Sentence what =
        switch (end) {
          case Execution.Next.Ended(Execution.End how, Sentence why) ->
              switch (how) {
                case CURED -> Sentence.of(PlanWords.PROVED, plan.id());
                case UNDONE -> Sentence.of(PlanWords.TAKEN_BACK, plan.id());
                case FAILED, STUCK -> Sentence.of(PlanWords.NOT_APPLIED, plan.id(), why);
              };
          case Execution.Next.Refused(Sentence why) ->
              Sentence.of(PlanWords.NOT_APPLIED, plan.id(), why);
          case Execution.Next.Do stopped -> words(PlanWords.SUGGESTED, plan, broker);
          case Execution.Next.Undo left -> words(PlanWords.SUGGESTED, plan, broker);
          case Execution.Next.Watch left -> words(PlanWords.SUGGESTED, plan, broker);
        };
    boolean cured = what.phrase() == PlanWords.PROVED;
    failed |= !cured;
    if (cured) movedAtMs.put(broker, around.clock().getAsLong());
    note(incident, what);
  }

  /** The heartbeats' paths that were moved: well, and for long enough. */
  private PlanRun.Symptom.Seen watch(Plan plan) throws InterruptedException {
    Set<Integer> moved =
        plan.steps().stream()
            .map(step -> (Act.MoveLeader) step.act())
            .filter(move -> move.topic().equals(plan.topic()))
            .map(Act.MoveLeader::partition)
            .collect(Collectors.toCollection(TreeSet::new));
    long healthyMs = config.remedies().healthyFor().toMillis();
    long endMs = around.clock().getAsLong() + TO_HEAL_MS + healthyMs;
    long sinceMs = -1;
    while (around.clock().getAsLong() < endMs) {
      Thread.sleep(GLANCE);
      boolean well =
          around.view().get().partitions().stream()
              .filter(p -> moved.contains(p.number()))
              .allMatch(p -> p.path() instanceof PathState.Healthy);
      long now = around.clock().getAsLong();
      sinceMs = !well ? -1 : sinceMs < 0 ? now : sinceMs;
      if (well && now - sinceMs >= healthyMs) {
        return new PlanRun.Symptom.Seen(
            true, "partitions %s well for %d s".formatted(moved, healthyMs / 1_000));
      }
    }
    return new PlanRun.Symptom.Seen(false, "partitions %s are not all well".formatted(moved));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
