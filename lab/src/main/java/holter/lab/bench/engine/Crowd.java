package holter.lab.bench.engine;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.engine.Input;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SendResult;
import holter.fleet.SenderKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A fleet of agents and its beats, as the reader hands them on: each rotates over five partitions
 * and tells what became of its last ten beats. Ids, boot ids and addresses are distinct; a host has
 * fifty instances.
 */
final class Crowd {
  static final int PARTITIONS = 5;
  private static final int PER_HOST = 50;

  /** What an agent keeps telling: two rounds of the partitions. */
  private static final int RESULTS = 2 * PARTITIONS;

  private static final Beat.Place[] PLACES = new Beat.Place[PARTITIONS];

  static {
    for (int p = 0; p < PARTITIONS; p++) {
      PLACES[p] = new Beat.Place(p, 1, 1);
    }
  }

  private final long intervalMs;
  private final Beat.Sender[] senders;
  private final String[] hosts;
  private final String[] addresses;
  private final int first;

  /**
   * @param first the number of the first instance
   * @param intervalMs what each declares
   */
  Crowd(int first, int size, long intervalMs) {
    this.first = first;
    this.intervalMs = intervalMs;
    this.senders = new Beat.Sender[size];
    this.hosts = new String[size];
    this.addresses = new String[size];
    for (int i = 0; i < size; i++) {
      senders[i] = sender(first + i);
      hosts[i] = "iota-%05d".formatted((first + i) / PER_HOST);
      addresses[i] = "http://%s:%d/".formatted(hosts[i], 21_000 + (first + i) % PER_HOST);
    }
  }

  int size() {
    return senders.length;
  }

  /** The first inputs of an engine: it leads, and knows its five partitions. */
  static List<Input> preface(long nowMs) {
    var brokers = new ArrayList<BrokerNode>();
    var partitions = new ArrayList<PartitionMap>();
    for (int p = 0; p < PARTITIONS; p++) {
      brokers.add(new BrokerNode(p, "broker-" + p, 9092));
      partitions.add(new PartitionMap(p, p, 1, List.of(p), List.of(p)));
    }
    var map = new ClusterMap("HeartBeat", brokers, partitions, nowMs, "kafka");
    return List.of(new Input.Leading(true, 1), new Input.Mapped(map));
  }

  /** A good round of every lane, and the read barrier behind it. */
  static List<Input> lanes(long nowMs) {
    var inputs = new ArrayList<Input>();
    for (int p = 0; p < PARTITIONS; p++) {
      var seen = new LaneOutcome.Seen(3, 5);
      inputs.add(new Input.Sampled(new LaneSample(p, p, 1, nowMs - 10, nowMs - 5, seen)));
      inputs.add(new Input.ReadThrough(p, nowMs));
    }
    return inputs;
  }

  private static Beat.Sender sender(int i) {
    String boot = "%016x".formatted(0x5f0c_9a31_77b2_04e1L * (i + 1));
    var life = new Incarnation(1_790_000_000L + i, boot);
    return new Beat.Sender(new InstanceId("dac-%07d".formatted(i)), life, SenderKind.AGENT);
  }

  /** What the fleet of each start partition tells of its beats before {@code seq}. */
  static List<List<SendResult>> results(long seq) {
    var byStart = new ArrayList<List<SendResult>>();
    for (int start = 0; start < PARTITIONS; start++) {
      var results = new ArrayList<SendResult>();
      for (long s = Math.max(0, seq - RESULTS); s < seq; s++) {
        results.add(new SendResult(partition(start, s), s, 5, ""));
      }
      byStart.add(List.copyOf(results));
    }
    return byStart;
  }

  /** Beat {@code seq} of the {@code i}-th of them. */
  Input beat(int i, long seq, List<List<SendResult>> results) {
    int start = (first + i) % PARTITIONS;
    return new Input.Heard(
        new Beat(
            senders[i],
            seq,
            intervalMs,
            PLACES[partition(start, seq)],
            1,
            seq,
            false,
            results.get(start),
            addresses[i],
            hosts[i]));
  }

  private static int partition(int start, long seq) {
    return (int) ((start + seq) % PARTITIONS);
  }
}
