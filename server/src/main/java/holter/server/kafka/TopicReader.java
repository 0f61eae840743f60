package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Reads every partition of a topic, without a group, with one thread and one connection per leader
 * broker: a sick broker holds back its own partitions and no other. Follows leaders as the map
 * shows them; the place in each partition outlives its leader.
 *
 * <p>Keeps nothing but a position per partition and one fetch per leader (at most 1 MiB per
 * partition).
 */
public final class TopicReader implements AutoCloseable {
  /** When a silent connection is given up: soon, so that a heal is noticed soon. */
  private static final int REQUEST_TIMEOUT_MS = 2500;

  /**
   * Where reading begins, before the end.
   *
   * @param records at most so many per partition
   * @param youngerThanMs and only those whose timestamp is within this time before now
   */
  public record LookBack(int records, long youngerThanMs) {
    public static final LookBack NONE = new LookBack(0, 0);
  }

  private final MapReader maps;
  private final String topic;
  private final LookBack lookBack;
  private final RecordSink sink;
  private final LongSupplier wallMs;
  private final Map<Integer, Cursor> cursors = new ConcurrentHashMap<>();
  private final PerLeader workers;

  /**
   * @param maps must keep the topic's map
   * @param wallMs our wall clock, to judge how old a record is that lies before the start
   */
  public TopicReader(
      MapReader maps, String topic, LookBack lookBack, RecordSink sink, LongSupplier wallMs) {
    this.maps = maps;
    this.topic = topic;
    this.lookBack = lookBack;
    this.sink = sink;
    this.wallMs = wallMs;
    this.workers = new PerLeader(broker -> new LeaderReader(this, broker));
  }

  /** Starts reading as soon as a map is known; call once. */
  public void start() {
    maps.onMap(topic, this::follow);
  }

  @Override
  public void close() {
    workers.close();
  }

  private void follow(ClusterMap map) {
    workers.follow(map);
  }

  Cursor cursor(int partition) {
    return cursors.computeIfAbsent(partition, p -> new Cursor(p, lookBack.records()));
  }

  BrokerLink open(BrokerNode broker) {
    return new BrokerLink(maps.settings(), broker, "read", REQUEST_TIMEOUT_MS);
  }

  void died(BrokerNode broker) {
    workers.dismiss(broker);
  }

  boolean recent(long timestampWallMs) {
    long ageMs = wallMs.getAsLong() - timestampWallMs;
    return ageMs >= 0 && ageMs <= lookBack.youngerThanMs();
  }

  MapReader maps() {
    return maps;
  }

  String topic() {
    return topic;
  }

  RecordSink sink() {
    return sink;
  }

  long nowMs() {
    return maps.clockMs().getAsLong();
  }
}
