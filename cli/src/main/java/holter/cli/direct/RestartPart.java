package holter.cli.direct;

import holter.channel.PathState;
import holter.cli.Terminal;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.remedy.KubeWorld;
import holter.remedy.Proposal;
import holter.remedy.RestartPlanner;
import holter.remedy.RestartPlanner.Worker;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeWorldReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a plan does about single workers that are dead. */
final class RestartPart {
  private RestartPart() {}

  /** Those that somebody named; where nobody did, those that the diagnosis holds for dead. */
  static List<Worker> workers(List<String> named, Diagnosis diagnosis) {
    return named.isEmpty()
        ? RestartPlanner.dead(diagnosis)
        : named.stream().distinct().map(name -> new Worker(name, false)).toList();
  }

  /** What is proposed; where their pods are, is read of Kubernetes. */
  static Proposal proposed(
      List<Worker> workers, Diagnose.Told told, PlaceOptions places, Terminal terminal)
      throws InterruptedException {
    if (workers.isEmpty()) {
      return new Proposal(List.of(), List.of(), List.of());
    }
    workers.forEach(worker -> terminal.progress("dead: worker " + worker.name()));
    Optional<KubeCluster> named = places.kubernetes();
    if (named.isEmpty()) {
      return RestartPlanner.without(workers);
    }
    terminal.progress("reading where its pod is");
    try (KubeCluster there = named.get()) {
      KubeWorld world =
          new KubeWorldReader(there, System::currentTimeMillis).read(Map.of(), Duration.ZERO);
      var seen = RestartPlanner.Seen.of(paths(told.seen()), told.seen());
      return RestartPlanner.plan(world, workers, seen);
    }
  }

  private static Map<Integer, PathState> paths(List<Observation> observations) {
    var paths = new TreeMap<Integer, PathState>();
    for (Observation one : observations) {
      if (one.fact() instanceof Fact.PathSeen path) paths.put(path.partition(), path.state());
    }
    return paths;
  }
}
