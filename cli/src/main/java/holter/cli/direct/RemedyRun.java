package holter.cli.direct;

import holter.channel.PathState;
import holter.cli.Exit;
import holter.cli.Terminal;
import holter.diagnose.Fact;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import holter.server.kafka.LaneSettings;
import holter.server.kafka.LeaderMover;
import holter.server.port.Hand;
import holter.server.remedy.Journal;
import holter.server.remedy.PathsWell;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanRun;
import holter.server.remedy.Promises;
import holter.server.text.Tongue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Carries a plan out against its cluster, telling each line of its journal as it is written. */
final class RemedyRun {
  private final Plan plan;
  private final DirectOptions options;
  private final Duration healthyFor;
  private final Terminal terminal;

  RemedyRun(Plan plan, DirectOptions options, Duration healthyFor, Terminal terminal) {
    this.plan = plan;
    this.options = options.orElse(List.of(plan.cluster().split(",")), plan.topic());
    this.healthyFor = healthyFor;
    this.terminal = terminal;
  }

  /** Goes on where the journal ends; the exit code, 0 when it ends as wanted. */
  int go(PlanFolder folder, Journal journal, Execution.End wanted) throws InterruptedException {
    try (KubeSide kubernetes = KubeSide.of(plan, options.places());
        Cluster cluster = Cluster.open(options);
        LeaderMover mover =
            new LeaderMover(cluster.kafka(), cluster.map().brokers(), plan.about())) {
      var telling = new Telling(journal, terminal);
      Hand hand = kubernetes.with(mover);
      PlanRun.Symptom paths = () -> watch(cluster);
      Promises.Measures measures = kubernetes.measures(cluster, Promises.begun(journal.entries()));
      PlanRun.Symptom all = paths.then(() -> promised(measures));
      var run = new PlanRun(plan, telling, hand, all, folder::stopped);
      Execution.Next.Final end = run.run();
      Tongue tongue = terminal.chinese() ? Tongue.ZH : Tongue.EN;
      terminal.out().println(tongue.say(end.why()));
      return exit(end, wanted);
    }
  }

  /** What was promised beside them; says what is waited for. */
  private PlanRun.Symptom.Seen promised(Promises.Measures measures) throws InterruptedException {
    List<String> awaited = Promises.awaited(plan);
    if (!awaited.isEmpty()) {
      terminal.progress(
          "the paths are well; waiting for %s, at most 2 min each"
              .formatted(String.join(", ", awaited)));
    }
    return Promises.of(plan, measures).watch();
  }

  private static int exit(Execution.Next.Final end, Execution.End wanted) {
    if (!(end instanceof Execution.Next.Ended(Execution.End how, var _))) {
      return Exit.REMEDY_FAILED;
    }
    return how == wanted
        ? Exit.OK
        : how == Execution.End.UNPROVED ? Exit.CANNOT_TELL : Exit.REMEDY_FAILED;
  }

  /** A journal that is heard as it is written. */
  private record Telling(Journal journal, Terminal terminal) implements Journal {
    @Override
    public List<JournalEntry> entries() {
      return journal.entries();
    }

    @Override
    public void add(JournalEntry entry) {
      journal.add(entry);
      terminal.progress(
          "%s %s%s  %s"
              .formatted(
                  PlanText.at(entry.wallMs()),
                  entry.deed(),
                  entry.step() == 0 ? "" : " " + entry.step(),
                  entry.detail()));
    }
  }

  /** The heartbeats' paths that the plan is about. */
  private PlanRun.Symptom.Seen watch(Cluster cluster) throws InterruptedException {
    boolean writes = cluster.twin().filter(t -> !t.partitions().isEmpty()).isPresent();
    LaneSettings reading = LaneWatch.reading(plan.topic());
    var settings =
        new LaneSettings(
            reading.topic(), reading.twin(), reading.every(), reading.deadline(), writes);
    terminal.progress(
        "watching the paths of partitions %s, %s, until they are well for %d s"
            .formatted(
                plan.partitions().isEmpty() ? "all" : plan.partitions(),
                writes ? "with probe records" : "reading",
                healthyFor.toSeconds()));
    cluster.maps().refreshSoon();
    try (LaneWatch lanes = new LaneWatch(cluster, settings, _ -> {})) {
      lanes.start();
      var told = new AtomicReference<>("");
      return new PathsWell(plan.partitions(), () -> paths(lanes, told), healthyFor, cluster::nowMs)
          .watch();
    }
  }

  /** Whoever waits sees for what: the paths that are not well, whenever they are others. */
  private Map<Integer, PathState> paths(LaneWatch lanes, AtomicReference<String> told) {
    var now = new TreeMap<Integer, PathState>();
    lanes.paths().stream()
        .map(seen -> (Fact.PathSeen) seen.fact())
        .forEach(seen -> now.put(seen.partition(), seen.state()));
    String ill =
        now.entrySet().stream()
            .filter(path -> !(path.getValue() instanceof PathState.Healthy))
            .map(path -> path.getKey() + " " + word(path.getValue()))
            .collect(Collectors.joining(", "));
    if (!ill.equals(told.getAndSet(ill))) {
      terminal.progress(ill.isEmpty() ? "all paths are well" : "not well yet: partition " + ill);
    }
    return now;
  }

  private static String word(PathState state) {
    return switch (state) {
      case PathState.Sick sick -> "sick (" + sick.kind() + ")";
      case PathState.Unknown _ -> "not known";
      case PathState.Healthy _ -> "well";
    };
  }
}
