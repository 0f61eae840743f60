package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.KafkaWorld.Led;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaderPlannerTest {
  private static final int SEEDS = 200;

  /** The incident's own cluster. */
  private static KafkaWorld incident(boolean reorders) {
    var partitions =
        List.of(
            led(0, 1002, List.of(1002, 1003, 1004), List.of(1003, 1002, 1004)),
            led(3, 1005, List.of(1005, 1001, 1002), List.of(1002, 1005, 1001)),
            led(4, 1001, List.of(1001, 1002, 1003), List.of(1001, 1002, 1003)));
    var hosts = Map.of(1001, "iota-n2", 1002, "iota-m1", 1003, "iota-m2", 1005, "iota-n3");
    return new KafkaWorld(partitions, hosts, Set.of(1001, 1002, 1003, 1005), reorders);
  }

  private static Led led(int partition, int leader, List<Integer> replicas, List<Integer> isr) {
    return new Led("HeartBeat", partition, leader, replicas, isr, false);
  }

  @Test
  void theIncidentsPartitionGoesToTheInSyncBrokerThatLeadsLeast() {
    var moves = LeaderPlanner.plan(incident(true), Set.of(1001), "");
    assertThat(moves.refused()).isEmpty();
    assertThat(moves.steps()).hasSize(1);
    assertThat(moves.steps().getFirst().act())
        .isEqualTo(
            new Act.MoveLeader(
                "HeartBeat", 4, List.of(1001, 1002, 1003), List.of(1003, 1001, 1002)));
    assertThat(moves.costs().getFirst().english()).contains("acks=1").contains("lost");
  }

  @Test
  void brokersThatTakeNoOrderByRequestGetTwoCommandsToRun() {
    var moves = LeaderPlanner.plan(incident(false), Set.of(1001), "iota-n2:2181");
    assertThat(moves.steps()).isEmpty();
    assertThat(moves.refused().stream().map(s -> s.english()))
        .anyMatch(s -> s.contains("\"partition\":4,\"replicas\":[1003, 1001, 1002]"))
        .anyMatch(s -> s.startsWith("kafka-reassign-partitions.sh --zookeeper iota-n2:2181"))
        .anyMatch(s -> s.startsWith("kafka-preferred-replica-election.sh"));
  }

  @Test
  void whoHasTheOnlyRecordsStaysLeader() {
    var alone = led(4, 1001, List.of(1001, 1002, 1003), List.of(1001));
    var world = new KafkaWorld(List.of(alone), Map.of(), Set.of(1001, 1002, 1003), true);
    var moves = LeaderPlanner.plan(world, Set.of(1001), "");
    assertThat(moves.steps()).isEmpty();
    assertThat(moves.refused().getFirst().english())
        .contains("HeartBeat-4 stays: only broker 1001");
  }

  @Test
  void aBrokerOnTheSickHostIsNoHelp() {
    var hosts = Map.of(1001, "iota-n2", 1002, "iota-n2", 1003, "iota-n2");
    var one = led(4, 1001, List.of(1001, 1002, 1003), List.of(1001, 1002, 1003));
    var world = new KafkaWorld(List.of(one), hosts, Set.of(1001, 1002, 1003), true);
    assertThat(LeaderPlanner.plan(world, Set.of(1001), "").refused().getFirst().english())
        .contains("on the same host");
  }

  @Test
  void aPartitionThatIsBeingMovedIsLeftAlone() {
    var one = new Led("HeartBeat", 4, 1001, List.of(1001, 1002), List.of(1001, 1002), true);
    var world = new KafkaWorld(List.of(one), Map.of(), Set.of(1001, 1002), true);
    var moves = LeaderPlanner.plan(world, Set.of(1001), "");
    assertThat(moves.steps()).isEmpty();
    assertThat(moves.refused().getFirst().english()).contains("under way");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 20})
  void inAnyClusterNobodyOutsideTheIsrLeadsAndNoReplicaIsAddedOrLost(int brokers) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      KafkaWorld world = random(brokers, random);
      Set<Integer> sick = Set.of(1 + random.nextInt(brokers));
      var moves = LeaderPlanner.plan(world, sick, "");
      long led = world.partitions().stream().filter(p -> sick.contains(p.leader())).count();
      long none = world.partitions().stream().filter(p -> p.leader() < 0).count();
      long told =
          moves.refused().stream().filter(s -> !s.phrase().equals(PlanWords.NONE_LED)).count();
      assertThat(moves.steps().size() + told).as("seed %d", seed).isEqualTo(led + none);
      var leads = new HashMap<>(world.leaders());
      for (Step step : moves.steps()) {
        var move = (Act.MoveLeader) step.act();
        Led now = find(world, move);
        assertThat(now.isr()).as("seed %d", seed).contains(move.leader());
        assertThat(world.live()).contains(move.leader());
        assertThat(sick).doesNotContain(move.leader());
        assertThat(new HashSet<>(move.to())).isEqualTo(new HashSet<>(now.replicas()));
        assertThat(move.from()).isEqualTo(now.replicas());
        leads.merge(move.leader(), 1, Integer::sum);
      }
    }
  }

  @Test
  void whatOneBrokerLedIsSpreadOverAllThatAreInSync() {
    var partitions = new ArrayList<Led>();
    for (int p = 0; p < 30; p++) {
      partitions.add(led(p, 1, List.of(1, 2, 3, 4), List.of(1, 2, 3, 4)));
    }
    var world = new KafkaWorld(partitions, Map.of(), Set.of(1, 2, 3, 4), true);
    var each = new HashMap<Integer, Integer>();
    LeaderPlanner.plan(world, Set.of(1), "")
        .steps()
        .forEach(s -> each.merge(((Act.MoveLeader) s.act()).leader(), 1, Integer::sum));
    assertThat(each).isEqualTo(Map.of(2, 10, 3, 10, 4, 10));
  }

  private static Led find(KafkaWorld world, Act.MoveLeader move) {
    return world.partitions().stream()
        .filter(p -> p.partition() == move.partition())
        .findFirst()
        .orElseThrow();
  }

  private static KafkaWorld random(int brokers, Random random) {
    var live = new HashSet<Integer>();
    for (int id = 1; id <= brokers; id++) {
      if (random.nextInt(10) > 0) live.add(id);
    }
    var hosts = new HashMap<Integer, String>();
    for (int id = 1; id <= brokers; id++) {
      hosts.put(id, "host-" + random.nextInt(brokers));
    }
    var partitions = new ArrayList<Led>();
    for (int p = 0; p < 40; p++) {
      var ids = new ArrayList<Integer>();
      for (int id = 1; id <= brokers; id++) ids.add(id);
      Collections.shuffle(ids, random);
      List<Integer> replicas = List.copyOf(ids.subList(0, 3));
      List<Integer> isr = replicas.stream().filter(id -> random.nextInt(4) > 0).toList();
      int leader = isr.isEmpty() ? -1 : isr.getFirst();
      partitions.add(led(p, leader, replicas, isr));
    }
    return new KafkaWorld(partitions, hosts, live, true);
  }
}
