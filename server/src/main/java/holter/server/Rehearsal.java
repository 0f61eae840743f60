package holter.server;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.detect.ProbeOutcome;
import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import holter.engine.View;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A death and a sick partition in a fleet that does not exist, judged before the first real ones.
 * The JVM links the rules of verdicts and causes when they are first used, which took the decision
 * loop up to half a second in the moment when many had died. What comes of it is thrown away.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  private static final long TURN_MS = 100;
  private static final long SECOND_MS = 1_000;
  private static final long SICK_FROM_MS = 8_000;
  private static final long DIES_MS = 12_000;
  private static final long LASTS_MS = 25_000;
  private static final List<Integer> PARTITIONS = List.of(0, 1);
  private static final Beat.Sender LIVES = sender("rehearsal-lives");
  private static final Beat.Sender DIES = sender("rehearsal-dies");

  private final FleetEngine engine;

  private Rehearsal(EngineSettings settings) {
    this.engine = new FleetEngine(settings);
  }

  /** Plays it on a thread of its own; returns at once. */
  static void begin(EngineSettings settings) {
    Thread.ofPlatform().daemon().name("rehearsal").start(() -> played(settings));
  }

  private static void played(EngineSettings settings) {
    try {
      play(settings);
    } catch (RuntimeException bug) {
      LOG.atWarn().setCause(bug).log("the rehearsal failed; the first verdict may be slower");
    }
  }

  /** Plays it and returns the last picture. */
  static View play(EngineSettings settings) {
    Rehearsal rehearsal = new Rehearsal(settings);
    rehearsal.turn(List.of(new Input.Leading(true, 1), new Input.Mapped(map())), 0);
    for (long now = TURN_MS; now <= LASTS_MS; now += TURN_MS) {
      rehearsal.turn(now % SECOND_MS == 0 ? second(now) : List.of(), now);
    }
    return rehearsal.engine.view();
  }

  private void turn(List<Input> inputs, long nowMs) {
    var unheard = engine.step(inputs, nowMs);
    LOG.atTrace().addKeyValue("actions", unheard.size()).log("rehearsed");
  }

  /** What is learnt in each second: who dies beats no more and refuses, one partition falls ill. */
  private static List<Input> second(long now) {
    List<Input> learnt = new ArrayList<>();
    for (int partition : PARTITIONS) {
      boolean sick = partition == 1 && now >= SICK_FROM_MS;
      LaneOutcome outcome = sick ? new LaneOutcome.Unacked("TIMEOUT") : new LaneOutcome.Seen(2, 5);
      learnt.add(
          new Input.Sampled(new LaneSample(partition, partition, 1, now - 50, now - 5, outcome)));
      learnt.add(new Input.ReadThrough(partition, now));
    }
    learnt.add(new Input.Heard(beat(LIVES, now)));
    if (now < DIES_MS) {
      learnt.add(new Input.Heard(beat(DIES, now)));
      learnt.add(new Input.Probed(DIES.id(), now - 20, answer(now)));
    } else {
      learnt.add(new Input.Probed(DIES.id(), now - 20, new ProbeOutcome.Refused()));
    }
    return learnt;
  }

  private static ProbeOutcome answer(long now) {
    return new ProbeOutcome.Answered(1, now / SECOND_MS, 5, now, 5);
  }

  private static Beat.Sender sender(String name) {
    return new Beat.Sender(new InstanceId(name), new Incarnation(1, "rehearsal"), SenderKind.AGENT);
  }

  private static Beat beat(Beat.Sender from, long now) {
    long seq = now / SECOND_MS;
    return new Beat(
        from,
        seq,
        SECOND_MS,
        new Beat.Place(0, seq, 0),
        0,
        seq,
        false,
        List.of(),
        "127.0.0.1:1",
        "rehearsal");
  }

  private static ClusterMap map() {
    List<BrokerNode> brokers = new ArrayList<>();
    List<PartitionMap> partitions = new ArrayList<>();
    for (int number : PARTITIONS) {
      brokers.add(new BrokerNode(number, "rehearsal-" + number, 1));
      partitions.add(new PartitionMap(number, number, 1, PARTITIONS, PARTITIONS));
    }
    return new ClusterMap("rehearsal", brokers, partitions, 0, "rehearsal");
  }
}
