package holter.remedy;

import holter.remedy.Futures.Bounds;
import holter.remedy.Futures.Candidate;
import holter.remedy.KubeRules.Relaxable;
import holter.remedy.KubeSearch.Change;
import holter.remedy.KubeSearch.Field;
import holter.remedy.KubeWorld.Demand;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** What a search has to choose from, in numbers. */
final class KubeField {
  /** Selectors that are thought of, those that keep the most traffic. */
  private static final int RELAXABLE_MOST = 8;

  private final KubeWorld world;
  private final KubeAsk ask;
  private final KubeRules rules;

  KubeField(KubeWorld world, KubeAsk ask, KubeRules rules) {
    this.world = world;
    this.ask = ask;
    this.rules = rules;
  }

  private Ground ground() {
    var groups = new ArrayList<String>();
    var demands = new ArrayList<Demand>();
    for (Relaxable each : rules.relaxable()) {
      groups.add(each.workload().key());
      groups.add(Rollout.freshGroup(each.workload().key()));
      each.pods().forEach(pod -> demands.add(pod.demand()));
    }
    for (Pod pod : rules.evictable()) {
      groups.add(pod.owner());
      demands.add(pod.demand());
    }
    return new Ground(world, groups, demands);
  }

  /**
   * @param openable cordoned nodes that may be opened
   */
  Field of(List<KubeNode> openable) {
    Ground ground = ground();
    var start = Futures.of(new Stand(ground, world));
    List<Integer> critical =
        new TreeSet<>(ask.critical())
            .stream()
                .map(ground::node)
                .filter(n -> n >= 0 && Double.isFinite(ground.nodes.get(n).room().nicShare()))
                .toList();
    var candidates = new ArrayList<Candidate>();
    List<Pod> heaviest =
        rules.evictable().stream()
            .sorted(Comparator.comparingDouble(Pod::bytesPerS).reversed().thenComparing(Pod::key))
            .toList();
    for (Pod pod : heaviest) {
      Workload owner = world.workload(pod.owner()).orElseThrow();
      var shape = ground.shape(pod.owner(), pod.demand(), owner.eligible());
      candidates.add(new Candidate(candidates.size(), pod, ground.node(pod.node()), shape));
    }
    return new Field(start, critical, changes(ground, openable), candidates, bounds(ground));
  }

  /** No landing makes a node crowded, or more crowded than it is, or fills its disk. */
  private Bounds bounds(Ground ground) {
    var share = new ArrayList<Double>();
    var landed = new ArrayList<Integer>();
    for (KubeNode node : ground.nodes) {
      share.add(Math.max(ask.limit(), node.room().nicShare()));
      double free = DiskRecovery.free(node.disk());
      boolean told = node.cordon().isPresent();
      landed.add(
          told ? (int) Math.min(free / KubePlanner.LANDING_BYTES, 10_000) : Integer.MAX_VALUE);
    }
    return new Bounds(share, landed);
  }

  /** Everything that may be changed before a pod is evicted, in every order that may matter. */
  private List<Change> changes(Ground ground, List<KubeNode> openable) {
    List<Rollout> rollouts =
        rules.relaxable().stream()
            .sorted(
                Comparator.comparingDouble(KubeField::weight)
                    .reversed()
                    .thenComparing(each -> each.workload().key()))
            .limit(RELAXABLE_MOST)
            .map(each -> new Rollout(ground, each.workload(), each.pin(), each.pods()))
            .toList();
    var opens = new ArrayList<Integer>();
    opens.add(-1);
    openable.forEach(node -> opens.add(ground.node(node.name())));
    var changes = new ArrayList<Change>();
    for (int open : opens) {
      changes.add(new Change(open, List.of()));
      for (Rollout one : rollouts) {
        changes.add(new Change(open, List.of(one)));
        for (Rollout two : rollouts) {
          if (!one.workload.key().equals(two.workload.key())) {
            changes.add(new Change(open, List.of(one, two)));
          }
        }
      }
    }
    return changes;
  }

  private static double weight(Relaxable relaxable) {
    return relaxable.pods().stream().mapToDouble(Pod::bytesPerS).sum();
  }
}
