package holter.lab.kube.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.remedy.KubeNode;
import holter.remedy.KubeWorld;
import holter.remedy.KubeWorld.Demand;
import holter.remedy.Landing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which nodes the simulated scheduler holds for best. */
final class PlacementTest {
  private static final int SEEDS = 500;
  private static final long MIB = 1 << 20;

  /** What a pod asks for; 0: it does not. */
  private record Asks(long cpuM, long memoryMib) {
    Demand demand() {
      return new Demand(
          cpuM,
          memoryMib * MIB,
          cpuM == 0 ? 100 : cpuM,
          (memoryMib == 0 ? 200 : memoryMib) * MIB,
          Set.of());
    }
  }

  /** Nodes and pods, told to the simulator and to Holter. */
  private static final class Both {
    final List<ObjectNode> nodes = new ArrayList<>();
    final List<ObjectNode> pods = new ArrayList<>();
    final List<KubeNode> read = new ArrayList<>();
    final List<KubeWorld.Pod> stand = new ArrayList<>();
    final Set<String> names = new HashSet<>();

    Both node(String name, long cpuM, long memoryMib, int most) {
      ObjectNode node = Json.object();
      Json.meta(node).put("name", name);
      node.putObject("status")
          .putObject("allocatable")
          .put("cpu", cpuM + "m")
          .put("memory", memoryMib + "Mi")
          .put("pods", Integer.toString(most));
      nodes.add(node);
      names.add(name);
      read.add(
          new KubeNode(
              name,
              name,
              new KubeNode.Room(most, cpuM, memoryMib * MIB, 100, 0),
              Optional.empty(),
              List.of(),
              List.of(new KubeNode.Condition("Ready", "True", 0)),
              0,
              new KubeNode.Disk(1, 0, 1, 0, 0, 0),
              List.of(),
              Set.of()));
      return this;
    }

    Both pod(String app, String node, Asks asks, boolean leaving) {
      ObjectNode pod = pod(app, asks);
      pod.withObjectProperty("spec").put("nodeName", node);
      if (leaving) Json.meta(pod).put("deletionTimestamp", "2023-02-02T00:00:00Z");
      pods.add(pod);
      String uid = "" + pods.size();
      stand.add(
          new KubeWorld.Pod(
              "shop", uid, uid, node, "shop/" + app, asks.demand(), 0, names, true, leaving, ""));
      return this;
    }

    private static ObjectNode pod(String app, Asks asks) {
      ObjectNode pod = Json.object();
      Json.meta(pod).put("namespace", "shop").putObject("labels").put("app", app);
      ObjectNode requests =
          pod.putObject("spec")
              .putArray("containers")
              .addObject()
              .putObject("resources")
              .putObject("requests");
      if (asks.cpuM() > 0) requests.put("cpu", asks.cpuM() + "m");
      if (asks.memoryMib() > 0) requests.put("memory", asks.memoryMib() + "Mi");
      return pod;
    }

    List<String> simulated(String app, Asks asks) {
      JsonNode selector = Json.object().set("matchLabels", Json.object().put("app", app));
      return Placement.best(pod(app, asks), nodes, pods, selector);
    }

    List<String> foreseen(String app, Asks asks) {
      var world = new KubeWorld(0, read, stand, List.of(), List.of(), List.of());
      return Landing.choose(world, "shop/" + app, asks.demand(), names, Set.of()).ties();
    }
  }

  @Test
  void howBalancedANodeIsCountsForAPodThatAsksForSomethingAndForNoOther() {
    var both =
        new Both()
            .node("a", 8_000, 32_768, 110)
            .node("b", 8_000, 32_768, 110)
            .pod("x", "a", new Asks(4_000, 0), false)
            .pod("y", "b", new Asks(2_400, 9_830), false);
    var some = new Asks(100, 400);
    var nothing = new Asks(0, 0);
    assertThat(both.simulated("z", some)).as("b is fuller, and balanced").containsExactly("b");
    assertThat(both.foreseen("z", some)).containsExactly("b");
    assertThat(both.simulated("z", nothing)).as("a is asked for less").containsExactly("a");
    assertThat(both.foreseen("z", nothing)).containsExactly("a");
    assertThat(both.simulated("z", new Asks(0, 1))).as("one of the two").containsExactly("b");
  }

  private static Asks some(Random random) {
    long cpuM = random.nextInt(3) == 0 ? 0 : 50L * random.nextInt(20);
    return new Asks(cpuM, random.nextInt(3) == 0 ? 0 : 100L * random.nextInt(20));
  }

  @Test
  void theSimulatorAndHolterChooseTheSameNodes() {
    int apart = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var both = new Both();
      int nodes = 2 + random.nextInt(5);
      for (int n = 0; n < nodes; n++) {
        int most = random.nextInt(4) == 0 ? random.nextInt(6) : 110;
        both.node("n" + n, 4_000 + 2_000L * random.nextInt(3), 16_384, most);
      }
      for (int p = random.nextInt(30); p > 0; p--) {
        String node = "n" + random.nextInt(nodes);
        both.pod("w" + random.nextInt(4), node, some(random), random.nextInt(6) == 0);
      }
      String app = "w" + random.nextInt(5);
      Asks asks = random.nextInt(4) == 0 ? new Asks(0, 0) : some(random);
      List<String> foreseen = both.foreseen(app, asks);
      assertThat(foreseen).as("seed %d", seed).isEqualTo(both.simulated(app, asks));
      apart += foreseen.size() < nodes ? 1 : 0;
    }
    assertThat(apart).as("choices that were choices").isGreaterThan(SEEDS / 2);
  }
}
