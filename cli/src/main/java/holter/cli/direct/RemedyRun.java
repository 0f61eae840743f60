package holter.cli.direct;

import holter.channel.BrokerNode;
import holter.channel.PathState;
import holter.channel.TwinName;
import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.diagnose.Fact;
import holter.remedy.Act;
import holter.remedy.Entry;
import holter.remedy.Execution;
import holter.remedy.Plan;
import holter.server.kafka.LaneSettings;
import holter.server.kafka.LeaderMover;
import holter.server.remedy.Journal;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanRun;
import holter.server.text.Tongue;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Carries a plan out against its cluster, telling each line of its journal as it is written. */
final class RemedyRun {
  /** Beyond the time that paths must be well: ten good samples come first. */
  private static final Duration TO_HEAL = Duration.ofSeconds(45);

  private static final long GLANCE_MS = 250;

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
  int go(PlanFolder folder, Journal journal, Execution.End wanted)
      throws InterruptedException, IOException {
    try (var _ = turn(folder);
        Cluster cluster = Cluster.open(options)) {
      List<BrokerNode> wellFirst = wellFirst(cluster, plan.about());
      try (LeaderMover mover = new LeaderMover(cluster.kafka(), wellFirst)) {
        var run =
            new PlanRun(
                plan, new Telling(journal, terminal), mover, () -> watch(cluster), folder::stopped);
        return told(run.run(), wanted);
      }
    }
  }

  /** The brokers of a cluster, those that are sick last. */
  static List<BrokerNode> wellFirst(Cluster cluster, Set<Integer> sick) {
    return cluster.map().brokers().stream()
        .sorted(Comparator.comparing(broker -> sick.contains(broker.id())))
        .toList();
  }

  private PlanFolder.Turn turn(PlanFolder folder) throws IOException {
    return folder
        .turn(plan)
        .orElseThrow(
            () ->
                new Refusal(
                    Exit.REMEDY_FAILED,
                    "another plan is being carried out on " + plan.cluster(),
                    "one at a time",
                    "wait for it"));
  }

  /** A journal that is heard as it is written. */
  private record Telling(Journal journal, Terminal terminal) implements Journal {
    @Override
    public List<Entry> entries() {
      return journal.entries();
    }

    @Override
    public void add(Entry entry) {
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

  /** Says how it ended; the exit code is 0 when it ended so. */
  private int told(Execution.Next end, Execution.End wanted) {
    Tongue tongue = terminal.chinese() ? Tongue.ZH : Tongue.EN;
    return switch (end) {
      case Execution.Next.Ended(var how, var why) -> {
        terminal.out().println(tongue.say(why));
        yield how == wanted ? Exit.OK : Exit.REMEDY_FAILED;
      }
      case Execution.Next.Refused(var why) -> {
        terminal.out().println(tongue.say(why));
        yield Exit.REMEDY_FAILED;
      }
      case Execution.Next.Do stopped -> {
        terminal.progress("stopped: there is a file stop among the plans");
        yield Exit.REMEDY_FAILED;
      }
      case Execution.Next.Undo left -> Exit.REMEDY_FAILED;
      case Execution.Next.Watch left -> Exit.REMEDY_FAILED;
    };
  }

  /** The heartbeats' paths that the plan is about: well, and for long enough. */
  private PlanRun.Symptom.Seen watch(Cluster cluster) throws InterruptedException {
    Set<Integer> moved =
        plan.steps().stream()
            .map(
                step ->
                    switch (step.act()) {
                      case Act.MoveLeader move -> move;
                    })
            .filter(move -> move.topic().equals(plan.topic()))
            .map(Act.MoveLeader::partition)
            .collect(Collectors.toCollection(TreeSet::new));
    boolean writes = cluster.twin().filter(t -> !t.partitions().isEmpty()).isPresent();
    var settings =
        new LaneSettings(
            plan.topic(),
            TwinName.of(plan.topic()),
            Duration.ofMillis(250),
            Duration.ofMillis(1500),
            writes);
    terminal.progress(
        "watching the paths of partitions %s, %s, until they are well for %d s"
            .formatted(moved, writes ? "with probe records" : "reading", healthyFor.toSeconds()));
    cluster.maps().refreshSoon();
    try (LaneWatch lanes = new LaneWatch(cluster, settings, _ -> {})) {
      lanes.start();
      return await(cluster, lanes, moved);
    }
  }

  private PlanRun.Symptom.Seen await(Cluster cluster, LaneWatch lanes, Set<Integer> moved)
      throws InterruptedException {
    long endMs = cluster.nowMs() + TO_HEAL.toMillis() + healthyFor.toMillis();
    long wellSinceMs = -1;
    while (cluster.nowMs() < endMs) {
      lanes.await(Duration.ofMillis(GLANCE_MS));
      Thread.sleep(GLANCE_MS);
      boolean well =
          lanes.paths().stream()
              .map(seen -> (Fact.PathSeen) seen.fact())
              .filter(path -> moved.isEmpty() || moved.contains(path.partition()))
              .allMatch(path -> path.state() instanceof PathState.Healthy);
      wellSinceMs = !well ? -1 : wellSinceMs < 0 ? cluster.nowMs() : wellSinceMs;
      if (well && cluster.nowMs() - wellSinceMs >= healthyFor.toMillis()) {
        return new PlanRun.Symptom.Seen(
            true, "partitions %s well for %d s".formatted(moved, healthyFor.toSeconds()));
      }
    }
    return new PlanRun.Symptom.Seen(
        false, "partitions %s are not all well: %s".formatted(moved, states(lanes)));
  }

  private static String states(LaneWatch lanes) {
    return lanes.paths().stream()
        .map(seen -> (Fact.PathSeen) seen.fact())
        .filter(path -> !(path.state() instanceof PathState.Healthy))
        .map(path -> path.partition() + " " + path.state().getClass().getSimpleName())
        .collect(Collectors.joining(", "));
  }
}
