package holter.cli.direct;

import holter.channel.PathState;
import holter.cli.Exit;
import holter.cli.Terminal;
import holter.diagnose.Fact;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Step;
import holter.server.kafka.LaneSettings;
import holter.server.kafka.LeaderMover;
import holter.server.port.Hand;
import holter.server.remedy.Journal;
import holter.server.remedy.PathsWell;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanRun;
import holter.server.text.Tongue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
      PlanRun.Symptom beside = kubernetes.beside(plan, cluster, begun(journal));
      PlanRun.Symptom all = paths.then(this::promised).then(beside);
      var run = new PlanRun(plan, telling, hand, all, folder::stopped);
      Execution.Next.Final end = run.run();
      Tongue tongue = terminal.chinese() ? Tongue.ZH : Tongue.EN;
      terminal.out().println(tongue.say(end.why()));
      boolean so = end instanceof Execution.Next.Ended(var how, var _) && how == wanted;
      return so ? Exit.OK : Exit.REMEDY_FAILED;
    }
  }

  /** Says what is waited for when the paths are well. */
  private PlanRun.Symptom.Seen promised() throws InterruptedException {
    var awaited = new ArrayList<String>();
    plan.reliefs().forEach(relief -> awaited.add("the network of " + relief.host()));
    for (Step step : plan.steps()) {
      if (step.act() instanceof KubeAct.Restart restart && !restart.instance().isEmpty()) {
        awaited.add("a beat of " + restart.instance());
      }
    }
    if (!awaited.isEmpty()) {
      terminal.progress(
          "the paths are well; waiting for %s, at most 2 min each"
              .formatted(String.join(", ", awaited)));
    }
    return PlanRun.Symptom.NONE.watch();
  }

  /** When the first step was begun, to the second as Kubernetes counts; now, when none was. */
  private static Instant begun(Journal journal) {
    long wallMs =
        journal.entries().stream()
            .filter(entry -> entry.deed() == JournalEntry.Deed.INTENDED)
            .mapToLong(JournalEntry::wallMs)
            .min()
            .orElseGet(System::currentTimeMillis);
    return Instant.ofEpochMilli(wallMs).truncatedTo(ChronoUnit.SECONDS);
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
