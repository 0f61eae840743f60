package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.engine.Input;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One probe lane per partition of the heartbeat topic. Every {@code every}, a lane writes one small
 * record to its twin partition, waits for the leader's acknowledgement and then for the record
 * itself, and tells what came of it by the deadline. A lane that may not write, or whose twin has
 * another leader, asks its own partition for what is at its end instead, and {@link #notes} says
 * so.
 *
 * <p>Lanes of one leader share a thread and connections; lanes of different leaders share nothing.
 * Samples may overlap. Bounded: deadline ÷ every samples per lane.
 */
public final class Lanes implements AutoCloseable {
  /** A connection that says nothing is given up this long after a sample's deadline. */
  private static final int GIVE_UP_AFTER_MS = 500;

  /**
   * What probing has cost since the start, on our side of the wire.
   *
   * @param rounds of all lanes: a lane's samples
   * @param bytesOut written to sockets, greetings included
   * @param bytesIn read from sockets
   */
  public record Traffic(long rounds, long bytesOut, long bytesIn) {}

  private final MapReader maps;
  private final LaneSettings settings;
  private final Consumer<Input> out;
  private final PerLeader workers;
  private final long session = ThreadLocalRandom.current().nextLong();
  private final Map<Integer, String> notes = new ConcurrentHashMap<>();
  private final Map<BrokerNode, Traffic> running = new ConcurrentHashMap<>();
  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong settledOut = new AtomicLong();
  private final AtomicLong settledIn = new AtomicLong();
  private final ScheduledExecutorService leaderless =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.of("lanes-leaderless"));

  /**
   * @param maps must keep the maps of the topic and of the twin
   * @param out takes {@link Input.Sampled}, from one thread per leader
   */
  public Lanes(MapReader maps, LaneSettings settings, Consumer<Input> out) {
    this.maps = maps;
    this.settings = settings;
    this.out = out;
    this.workers = new PerLeader(broker -> new LaneWorker(this, broker));
  }

  /** Starts probing as soon as a map is known; call once. */
  public void start() {
    maps.onMap(settings.topic(), workers::follow);
    long everyMs = settings.every().toMillis();
    var _ =
        leaderless.scheduleAtFixedRate(
            this::sampleLeaderless, everyMs, everyMs, TimeUnit.MILLISECONDS);
  }

  /**
   * Has the lane of a partition sample at once, or soon when its last round was a moment ago; does
   * not wait. A partition that is not probed is passed over.
   */
  public void sample(int partition) {
    workers.hurry(partition);
  }

  /** Per partition whose lane only fetches: why, in one line. */
  public Map<Integer, String> notes() {
    return new TreeMap<>(notes);
  }

  /** What probing has cost so far. */
  public Traffic traffic() {
    long outBytes = settledOut.get();
    long inBytes = settledIn.get();
    for (Traffic one : running.values()) {
      outBytes += one.bytesOut();
      inBytes += one.bytesIn();
    }
    return new Traffic(samples.get(), outBytes, inBytes);
  }

  @Override
  public void close() {
    leaderless.shutdownNow();
    workers.close();
  }

  /** A partition that nobody leads has no worker; that there is no leader is its sample. */
  private void sampleLeaderless() {
    maps.map(settings.topic()).ifPresent(this::sampleLeaderless);
  }

  private void sampleLeaderless(ClusterMap map) {
    long now = nowMs();
    for (PartitionMap partition : map.partitions()) {
      if (map.broker(partition.leaderId()).isEmpty()) {
        out.accept(
            new Input.Sampled(
                new LaneSample(
                    partition.partition(),
                    -1,
                    partition.leaderEpoch(),
                    now,
                    now,
                    new LaneOutcome.Unacked("LEADER_NOT_AVAILABLE"))));
      }
    }
  }

  /** Whether a lane writes its next sample; remembers why not. */
  boolean mayWrite(Lane lane, int leaderId) {
    String why = whyNot(lane, leaderId);
    if (why.isEmpty()) {
      notes.remove(lane.partition());
    } else {
      notes.put(lane.partition(), why);
    }
    return why.isEmpty();
  }

  private String whyNot(Lane lane, int leaderId) {
    if (!settings.write()) {
      return "only fetches: writing was not asked for";
    }
    if (!lane.denied().isEmpty()) {
      return "only fetches: " + lane.denied();
    }
    List<PartitionMap> twins =
        maps.map(settings.twin()).map(ClusterMap::partitions).orElse(List.of());
    for (PartitionMap twin : twins) {
      if (twin.partition() == lane.partition()) {
        return twin.leaderId() == leaderId
            ? ""
            : "only fetches: its twin is led by " + twin.leaderId() + ", not by " + leaderId;
      }
    }
    return "only fetches: topic " + settings.twin() + " has no such partition";
  }

  BrokerLink open(BrokerNode broker) {
    int timeoutMs = (int) settings.deadline().toMillis() + GIVE_UP_AFTER_MS;
    return new BrokerLink(maps.settings(), broker, "lane", timeoutMs);
  }

  /** What a probe record holds: enough to know our own again. */
  byte[] mark(int brokerId) {
    return ByteBuffer.allocate(12).putLong(session).putInt(brokerId).array();
  }

  void emit(Sample sample) {
    samples.incrementAndGet();
    sample.ended().ifPresent(ended -> out.accept(new Input.Sampled(ended)));
  }

  void count(BrokerNode broker, long bytesOut, long bytesIn) {
    running.put(broker, new Traffic(0, bytesOut, bytesIn));
  }

  /** A worker's connections are gone: what they carried is added to the settled sum. */
  void settle(BrokerNode broker) {
    Traffic last = running.remove(broker);
    if (last != null) {
      settledOut.addAndGet(last.bytesOut());
      settledIn.addAndGet(last.bytesIn());
    }
  }

  void died(BrokerNode broker) {
    settle(broker);
    workers.dismiss(broker);
  }

  LaneSettings settings() {
    return settings;
  }

  MapReader maps() {
    return maps;
  }

  long nowMs() {
    return maps.clockMs().getAsLong();
  }
}
