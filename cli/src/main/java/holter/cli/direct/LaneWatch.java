package holter.cli.direct;

import holter.channel.Channel;
import holter.channel.LaneSample;
import holter.channel.PathState;
import holter.channel.TwinName;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.engine.Input;
import holter.server.kafka.LaneSettings;
import holter.server.kafka.Lanes;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lanes over every partition for a short while, judged as the orchestrator judges them. A sample
 * that was refused for want of rights says nothing of the path: it is counted apart. Thread-safe.
 */
final class LaneWatch implements AutoCloseable {
  /** Samples kept at most; later ones are judged and not kept. */
  private static final int SAMPLES_MAX = 100_000;

  private final Cluster cluster;
  private final Lanes lanes;
  private final Consumer<LaneSample> listener;
  private final Channel channel = new Channel();
  private final List<LaneSample> samples = new ArrayList<>();
  private final TreeMap<Integer, String> denied = new TreeMap<>();

  /**
   * @param listener hears every sample, from the lanes' threads, one at a time
   */
  LaneWatch(Cluster cluster, LaneSettings settings, Consumer<LaneSample> listener) {
    this.cluster = cluster;
    this.listener = listener;
    this.lanes = new Lanes(cluster.maps(), settings, this::take);
  }

  /** How a verb that only reads probes: often, for it has little time. */
  static LaneSettings reading(String topic) {
    return new LaneSettings(
        topic, TwinName.of(topic), Duration.ofMillis(250), Duration.ofMillis(1500), false);
  }

  void start() {
    lanes.start();
  }

  private synchronized void take(Input input) {
    if (!(input instanceof Input.Sampled(LaneSample sample))) return;
    String refusal = Rights.denialIn(sample.outcome());
    if (!refusal.isEmpty()) {
      denied.put(sample.partition(), refusal);
    } else {
      channel.mapped(cluster.map());
      channel.sampled(sample);
    }
    if (samples.size() < SAMPLES_MAX) samples.add(sample);
    listener.accept(sample);
    notifyAll();
  }

  /** Blocks until every partition is judged or denied, at most until the deadline. */
  synchronized void await(Duration atMost) throws InterruptedException {
    long endMs = cluster.nowMs() + atMost.toMillis();
    while (!decided() && cluster.nowMs() < endMs) {
      wait(Math.max(1, endMs - cluster.nowMs()));
    }
  }

  private boolean decided() {
    return cluster.map().partitions().stream()
        .map(p -> p.partition())
        .allMatch(p -> denied.containsKey(p) || !(channel.state(p) instanceof PathState.Unknown));
  }

  /** What each partition's path is held to be now. */
  synchronized List<Observation> paths() {
    long now = cluster.nowMs();
    // no beats are read here that could lag behind: the lanes alone judge
    channel.partitions().forEach(partition -> channel.readThrough(partition, now));
    channel.tick(now);
    return cluster.map().partitions().stream()
        .map(
            p -> {
              String why = denied.get(p.partition());
              PathState state = why == null ? channel.state(p.partition()) : denied(why);
              Fact fact = new Fact.PathSeen(p.partition(), p.leaderId(), state);
              return new Observation(Source.LANES, "holter", now, fact);
            })
        .toList();
  }

  private static PathState denied(String error) {
    return new PathState.Unknown(Sentence.of(UnaskedWords.DENIED, error));
  }

  /** Every sample so far, in the order of their ends. */
  synchronized List<LaneSample> samples() {
    return List.copyOf(samples);
  }

  /** Why a lane does not write although it was asked to, by partition. */
  java.util.Map<Integer, String> notes() {
    return lanes.notes();
  }

  @Override
  public void close() {
    lanes.close();
  }
}
