package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.diagnose.Fact;
import holter.diagnose.Metric;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.kafka.BrokerLink.Line;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.ProduceResponse;

/**
 * Writes two records per leader to Holter's own topic, one that the leader alone acknowledges and
 * one that all replicas in sync do, each in a request of its own, and looks for those in the log
 * that no answer came for. This writes: only where it was asked for, to no topic but that. At most
 * {@link #LEADERS_MAX} leaders, two records of less than 100 bytes each. Thread-safe.
 */
public final class Canary {
  /** More leaders than this are not written to in one round. */
  public static final int LEADERS_MAX = 32;

  private static final int LEADER = 1;
  private static final int ALL = -1;

  /** Later than this a record is late; a well broker takes a few ms. */
  private static final long SEND_MS = 1500;

  private static final long READ_MS = 700;
  private static final int READ_BYTES = 64 * 1024;

  private final KafkaSettings settings;
  private final String twin;
  private final LongSupplier clockMs;

  /**
   * @param twin Holter's own topic, which must exist
   * @param clockMs engine time
   */
  public Canary(KafkaSettings settings, String twin, LongSupplier clockMs) {
    this.settings = settings;
    this.twin = twin;
    this.clockMs = clockMs;
  }

  /** Writes to each leader at once, and tells; takes as long as the deadline at most. */
  public void observe(ClusterMap map, Duration deadline, Consumer<Observation> heard)
      throws InterruptedException {
    var byLeader = new LinkedHashMap<BrokerNode, PartitionMap>();
    for (PartitionMap partition : map.partitions()) {
      map.broker(partition.leaderId()).ifPresent(b -> byLeader.putIfAbsent(b, partition));
    }
    List<Map.Entry<BrokerNode, PartitionMap>> few =
        byLeader.entrySet().stream().limit(LEADERS_MAX).toList();
    var left = new CountDownLatch(few.size());
    few.forEach(
        one ->
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        write(map, one.getKey(), one.getValue(), heard);
                      } finally {
                        left.countDown();
                      }
                    }));
    var _ = left.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void write(
      ClusterMap map, BrokerNode leader, PartitionMap partition, Consumer<Observation> heard) {
    try (var link = new BrokerLink(settings, leader, "canary", (int) SEND_MS)) {
      if (!link.awaitReady(Line.ASK, SEND_MS)) {
        return; // how its address took a connection is told elsewhere
      }
      long end = end(link, partition.partition());
      long mark = ThreadLocalRandom.current().nextLong();
      boolean byLeader = send(link, leader, partition.partition(), LEADER, mark, heard);
      boolean byAll = send(link, leader, partition.partition(), ALL, mark, heard);
      // one answer got through: that the other did not is the followers' doing
      if (!byLeader && !byAll && end >= 0) {
        int seen = standing(map, leader, partition, end, mark);
        if (seen > 0) {
          String who = Integer.toString(leader.id());
          tell(leader, new Fact.Measured(Metric.UNACKED_SEEN, who, seen), heard);
        }
      }
    } catch (RuntimeException garbled) { // an answer that cannot be read is none
      tell(
          leader,
          new Fact.CanarySent(
              leader.id(), partition.partition(), LEADER, -1, Errors.CORRUPT_MESSAGE.name()),
          heard);
    }
  }

  private long end(BrokerLink link, int partition) {
    var asked = Calls.offsets(twin, List.of(partition), Calls.LATEST);
    if (link.ask(asked, READ_MS) instanceof ListOffsetsResponse answer) {
      var place = Calls.offsetsOf(answer).get(partition);
      if (place != null && place.errorCode() == 0) return Calls.offsetIn(place);
    }
    return -1;
  }

  /** True when an answer came, whatever it says. */
  private boolean send(
      BrokerLink link,
      BrokerNode leader,
      int partition,
      int acks,
      long mark,
      Consumer<Observation> heard) {
    byte[] value = value(mark);
    byte magic = Calls.magic(link.version(Line.ASK, ApiKeys.PRODUCE));
    var record = new SimpleRecord(System.currentTimeMillis(), value);
    var request = Calls.produce(twin, Map.of(partition, record), magic, (int) SEND_MS - 200, acks);
    long beganNs = System.nanoTime();
    if (!link.awaitReady(Line.ASK, SEND_MS)) {
      tell(leader, new Fact.CanarySent(leader.id(), partition, acks, -1, ""), heard);
      return false;
    }
    ClientResponse answer = link.askFully(request, SEND_MS);
    double ms = (System.nanoTime() - beganNs) / 1e6;
    if (answer == null || !(answer.responseBody() instanceof ProduceResponse body)) {
      String code = answer == null ? "" : Calls.error(answer);
      tell(leader, new Fact.CanarySent(leader.id(), partition, acks, -1, code), heard);
      return false;
    }
    for (var topic : body.data().responses()) {
      for (var told : topic.partitionResponses()) {
        Errors error = Errors.forCode(told.errorCode());
        String code = error == Errors.NONE ? "" : error.name();
        double took = error == Errors.NONE ? ms : -1;
        tell(leader, new Fact.CanarySent(leader.id(), partition, acks, took, code), heard);
      }
    }
    return true;
  }

  /**
   * How many of our two records stand in the log: by the leader's word, or where it is silent by a
   * follower's, which brokers from 2.4 on let a reader fetch from.
   */
  private int standing(
      ClusterMap map, BrokerNode leader, PartitionMap partition, long from, long mark) {
    int seen = read(leader, partition.partition(), from, mark);
    for (int replica : partition.isr()) {
      Optional<BrokerNode> follower = map.broker(replica);
      if (seen > 0 || replica == leader.id() || follower.isEmpty()) continue;
      seen = Math.max(seen, read(follower.get(), partition.partition(), from, mark));
    }
    return Math.max(seen, 0);
  }

  private int read(BrokerNode broker, int partition, long from, long mark) {
    try (var link = new BrokerLink(settings, broker, "canary", (int) READ_MS)) {
      if (!link.awaitReady(Line.ASK, READ_MS)) return -1;
      var asked = Calls.fetch(twin, Map.of(partition, from), 100, READ_BYTES);
      if (!(link.ask(asked, READ_MS)
          instanceof org.apache.kafka.common.requests.FetchResponse answer)) {
        return -1;
      }
      int seen = 0;
      for (FetchResponseData.PartitionData data : Calls.fetched(answer)) {
        if (data.records() instanceof MemoryRecords records) {
          for (Record record : records.records()) {
            boolean ours =
                record.value() != null
                    && record.value().equals(java.nio.ByteBuffer.wrap(value(mark)));
            if (ours) seen++;
          }
        }
      }
      return seen;
    } catch (RuntimeException garbled) {
      return -1;
    }
  }

  private static byte[] value(long mark) {
    return ("holter canary " + Long.toHexString(mark)).getBytes(StandardCharsets.UTF_8);
  }

  private void tell(BrokerNode leader, Fact fact, Consumer<Observation> heard) {
    heard.accept(
        new Observation(Source.CANARY, Integer.toString(leader.id()), clockMs.getAsLong(), fact));
  }
}
