package holter.lab.sim;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.engine.Input;
import java.util.ArrayList;
import java.util.Arrays;

/** What the observer does by itself to know more: lanes, the read barrier, knocks at hosts. */
final class SimEars {
  private static final long LANE_EVERY_MS = 1_000;
  private static final long READ_EVERY_MS = 200;
  private static final long KNOCK_EVERY_MS = 2_000;
  private static final long KNOCK_TIMEOUT_MS = 1_500;
  private static final long KNOCK_MS = 5;

  /** As the orchestrator's lanes: faster while a path that was bad is good again. */
  private static final long HEALING_EVERY_MS = LANE_EVERY_MS / 5;

  private static final int HEALING_SAMPLES = 10;

  private final SimWorld world;
  private final int partitions;
  private final int[] healing;

  SimEars(SimWorld world) {
    this.world = world;
    this.partitions = world.fleet().partitions();
    this.healing = new int[partitions];
  }

  void begin() {
    for (int p = 0; p < partitions; p++) {
      int partition = p;
      world.queue().at(100 + 190L * p, () -> lane(partition));
      world.queue().at(50 + 40L * p, () -> read(partition));
    }
  }

  /** One broker per partition, all others follow. */
  ClusterMap map() {
    var brokers = new ArrayList<BrokerNode>();
    var mapped = new ArrayList<PartitionMap>();
    for (int p = 0; p < partitions; p++) {
      brokers.add(new BrokerNode(1001 + p, "broker-" + (1001 + p), 9092));
      var replicas = new ArrayList<Integer>();
      for (int r = 0; r < Math.min(3, partitions); r++) {
        replicas.add(1001 + (p + r) % partitions);
      }
      mapped.add(new PartitionMap(p, 1001 + p, 1, replicas, replicas));
    }
    return new ClusterMap("HeartBeat", brokers, mapped, world.nowMs(), "kafka:1001");
  }

  private void lane(int p) {
    boolean good = !world.paused() && sample(p);
    boolean heals = healing[p] > 0 && good;
    world.queue().at(world.nowMs() + (heals ? HEALING_EVERY_MS : LANE_EVERY_MS), () -> lane(p));
  }

  /** A sample now; says whether it will be good. */
  boolean sample(int p) {
    long sent = world.nowMs();
    var outcome = world.path(p).sample();
    long ended = sent + SimPath.endsAfterMs(outcome);
    world
        .queue()
        .at(
            ended,
            () -> {
              var seen = world.paused() ? new LaneOutcome.Unacked("TIMEOUT") : outcome;
              healing[p] = seen instanceof LaneOutcome.Seen ? healing[p] - 1 : HEALING_SAMPLES;
              world.learns(new Input.Sampled(new LaneSample(p, 1001 + p, 1, sent, ended, seen)));
            });
    return outcome instanceof LaneOutcome.Seen;
  }

  private void read(int p) {
    long now = world.nowMs();
    world.queue().at(now + READ_EVERY_MS, () -> read(p));
    if (world.reads() && world.path(p).reads()) {
      world.learns(new Input.ReadThrough(p, now - world.path(p).readerLagMs));
    }
  }

  /** From now on somebody knocks at every host's exporter. */
  void knocks(SimHost[] hosts) {
    Arrays.stream(hosts).forEach(host -> world.queue().at(host.number * 97L, () -> knock(host)));
  }

  private void knock(SimHost host) {
    long began = world.nowMs();
    world.queue().at(began + KNOCK_EVERY_MS, () -> knock(host));
    if (world.paused()) {
      return;
    }
    boolean answers = host.lives && world.probesPass();
    long ended = began + (answers ? KNOCK_MS : KNOCK_TIMEOUT_MS);
    world
        .queue()
        .at(ended, () -> world.learns(new Input.Knocked(host.name(), answers, began, ended)));
  }
}
