package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.KubeWorld.Demand;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** However the times of a rollout fall, how it ends was foreseen. */
final class RolloutPropertyTest {
  private static final int SEEDS = 400;
  private static final int REPLAYS = 60;
  private static final List<String> NODES = List.of("a", "b", "c", "d", "e");

  private static Demand demand(long size) {
    long memory = size * 160 * Worlds.MIB;
    return new Demand(size * 100, memory, Math.max(100, size * 100), memory + 1, Set.of());
  }

  private static Pod asking(Pod pod, Demand demand) {
    return new Pod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.node(),
        pod.owner(),
        demand,
        pod.bytesPerS(),
        pod.eligible(),
        pod.ready(),
        pod.leaving(),
        pod.stays());
  }

  /** The Deployment that is rolled out is the first; its pods stand on one node or on two. */
  private static KubeWorld random(Random random) {
    var worlds = new Worlds();
    int many = 2 + random.nextInt(NODES.size() - 1);
    for (String node : NODES.subList(0, many)) {
      if (random.nextInt(4) == 0) {
        worlds.smallNode(node, 4 + random.nextInt(8));
      } else {
        worlds.node(node);
      }
    }
    Demand own = demand(random.nextInt(4));
    boolean apart = random.nextInt(4) == 0;
    worlds
        .pinned("x", "a", new double[1 + random.nextInt(6)])
        .changed(each -> rolling(each, random))
        .pods(pod -> asking(pod, own));
    if (apart) {
      worlds.pods(pod -> RolloutReplay.at(pod, NODES.get(random.nextInt(2)), pod.owner(), false));
    }
    for (String node : NODES.subList(0, many)) {
      Demand others = demand(random.nextInt(4));
      worlds.free("y" + node, node, new double[random.nextInt(5)]).pods(pod -> asking(pod, others));
    }
    return worlds.world();
  }

  private static Workload rolling(Workload each, Random random) {
    int surge = random.nextInt(3);
    return Turned.rolling(each, surge, surge == 0 ? 1 : random.nextInt(2), true);
  }

  private static Workload first(KubeWorld world) {
    return world.workloads().getFirst();
  }

  /** What the model foresees, each as the nodes of the new pods in order. */
  private static Optional<Set<List<String>>> foreseen(KubeWorld world) {
    Workload workload = first(world);
    List<Pod> pods =
        world.pods().stream().filter(pod -> pod.owner().equals(workload.key())).toList();
    var ground =
        new Ground(
            world,
            List.of(workload.key(), Rollout.freshGroup(workload.key())),
            List.of(pods.getFirst().demand()));
    var rollout = new Rollout(ground, workload, workload.pins().getFirst(), pods);
    var start = Futures.of(new Stand(ground, world)).all().getFirst();
    return rollout.ends(start).map(ends -> names(ground, ends));
  }

  private static Set<List<String>> names(Ground ground, List<Futures.Future> ends) {
    var all = new HashSet<List<String>>();
    for (Futures.Future end : ends) {
      var names = new ArrayList<String>();
      for (int i = 0; i < end.lands().size(); i++) {
        names.add(ground.name(end.lands().get(i)));
      }
      names.sort(null);
      all.add(names);
    }
    return all;
  }

  /** Four pods fill a host; Kubernetes' default lets one more come and one be missing. */
  @Test
  void howManyStayOnACrowdedHostDependsOnHowFastTheOldOnesGo() {
    var big = new Demand(800, 3_200 * Worlds.MIB, 800, 3_200 * Worlds.MIB, Set.of());
    var world =
        new Worlds()
            .node("a")
            .node("b")
            .pinned("x", "a", 1, 1, 1, 1)
            .changed(each -> Turned.rolling(each, 1, 1, true))
            .pods(pod -> asking(pod, big))
            .free("y", "a", 1)
            .pods(pod -> asking(pod, demand(3)))
            .world();
    assertThat(foreseen(world).orElseThrow())
        .containsExactlyInAnyOrder(
            List.of("a", "a", "b", "b"), List.of("a", "b", "b", "b"), List.of("b", "b", "b", "b"));
  }

  @Test
  void everyEndOfARolloutIsForeseen() {
    int played = 0;
    int foreseen = 0;
    int seen = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      KubeWorld world = random(new Random(seed));
      Optional<Set<List<String>>> ends = foreseen(world);
      if (ends.isEmpty()) {
        continue;
      }
      var met = new HashSet<List<String>>();
      for (int i = 0; i < REPLAYS; i++) {
        var replay = new RolloutReplay(world, first(world), new Random(seed * 1_000L + i));
        Optional<List<String>> lands = replay.lands();
        assertThat(lands).as("seed %d, replay %d waits for ever", seed, i).isPresent();
        assertThat(ends.get()).as("seed %d, replay %d", seed, i).contains(lands.orElseThrow());
        met.add(lands.orElseThrow());
      }
      played++;
      foreseen += ends.get().size();
      seen += met.size();
    }
    assertThat(played).as("rollouts that were foreseen").isGreaterThan(SEEDS / 2);
    assertThat(seen)
        .as("of %d ends foreseen, those that came", foreseen)
        .isGreaterThan(foreseen / 2);
  }
}
