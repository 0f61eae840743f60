package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.diagnose.ClusterFact.SenderSeen;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.FetchResponse;

/**
 * Who sends to a topic, and who used to: by the keys of its records in a window, read to a bound
 * from the window's start and up to the end. A broker that answers late is not burdened with it.
 * Only reads; thread-safe.
 */
public final class SenderReader {
  /** More partitions than this are not read. */
  private static final int PARTITIONS_MAX = 64;

  /** So much of one partition is asked for at once, and from the window's start at most. */
  private static final int CHUNK_BYTES = 128 * 1024;

  /** So much is read from one broker. */
  private static final long BROKER_BYTES = 8L << 20;

  /** Requests to one broker; a partition that is not at its end by then is left there. */
  private static final int FETCHES_MAX = 12;

  /** A broker that takes longer to say where its partitions end has trouble enough. */
  private static final long BRISK_MS = 500;

  /** Who does not keep up at first, when everything is asked at once, is asked once more. */
  private static final int ATTEMPTS = 2;

  private static final long ATTEMPT_MS = 1_000;

  /** Fewer records than this show no regularity. */
  private static final int RECORDS_MIN = 8;

  /** More senders than this are not told; the most silent ones come first. */
  private static final int SENDERS_MAX = 100;

  /** From this version on a broker finds a record by its time. */
  private static final int BY_TIME = 1;

  private final Inquiry inquiry;

  public SenderReader(Inquiry inquiry) {
    this.inquiry = inquiry;
  }

  /**
   * Tells what it found; takes as long as the deadline at most.
   *
   * @param sinceMs from when on records are looked at
   */
  public void observe(ClusterMap map, long sinceMs, Duration deadline, Consumer<Observation> heard)
      throws InterruptedException {
    long endNs = System.nanoTime() + deadline.toNanos();
    Map<Integer, List<TopicPartition>> led = led(map);
    Map<Integer, PartitionReading> readings = new ConcurrentHashMap<>();
    List<BrokerNode> left = new ArrayList<>(map.brokers());
    left.removeIf(b -> !led.containsKey(b.id()));
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      Set<Integer> done = ConcurrentHashMap.newKeySet();
      Duration patience = Duration.ofNanos(endNs - System.nanoTime());
      if (patience.toMillis() < ATTEMPT_MS) break;
      try (Panel panel = inquiry.panel(left, patience, _ -> {})) {
        panel.lastStep(
            one -> {
              if (!one.open()) return;
              int broker = one.broker().id();
              Map<Integer, PartitionReading> its =
                  begin(one, led.getOrDefault(broker, List.of()), sinceMs);
              if (!its.isEmpty() && read(one, its)) {
                readings.putAll(its);
                done.add(broker);
              }
            });
      }
      left.removeIf(b -> done.contains(b.id()));
    }
    left.forEach(b -> unasked(Sentence.of(UnaskedWords.BURDENED, b.id()), heard));
    tell(readings, heard);
  }

  private Map<Integer, List<TopicPartition>> led(ClusterMap map) {
    var led = new HashMap<Integer, List<TopicPartition>>();
    map.partitions().stream()
        .filter(p -> p.leaderId() >= 0)
        .sorted(Comparator.comparingInt(PartitionMap::partition))
        .limit(PARTITIONS_MAX)
        .forEach(
            p ->
                led.computeIfAbsent(p.leaderId(), _ -> new ArrayList<>())
                    .add(new TopicPartition(inquiry.topic(), p.partition())));
    return led;
  }

  /** Where each partition's window begins and ends; empty when that takes long. */
  private static Map<Integer, PartitionReading> begin(
      Interview one, List<TopicPartition> led, long sinceMs) {
    var starts = new HashMap<Integer, Long>();
    var since = new HashMap<Integer, Long>();
    var readings = new TreeMap<Integer, PartitionReading>();
    GroupCalls.offsets(one, led, Calls.EARLIEST, (p, offset) -> starts.put(p.partition(), offset));
    boolean byTime = one.version(ApiKeys.LIST_OFFSETS) >= BY_TIME;
    if (byTime) {
      GroupCalls.offsets(one, led, sinceMs, (p, offset) -> since.put(p.partition(), offset));
    }
    long beganNs = System.nanoTime();
    GroupCalls.offsets(
        one,
        led,
        Calls.LATEST,
        (p, end) -> {
          long start = starts.getOrDefault(p.partition(), end);
          long from = since.getOrDefault(p.partition(), byTime ? -1 : start);
          boolean none = from < 0; // nothing in it is as new as that
          var reading = new PartitionReading(none ? end : Math.max(start, from), end);
          readings.put(p.partition(), reading);
        });
    boolean brisk = (System.nanoTime() - beganNs) / 1_000_000 <= BRISK_MS;
    return brisk ? readings : Map.of();
  }

  /** Reads up to the ends or the bounds; false when an answer did not come. */
  private boolean read(Interview one, Map<Integer, PartitionReading> readings) {
    long bytes = 0;
    for (int fetch = 0; fetch < FETCHES_MAX && bytes < BROKER_BYTES; fetch++) {
      var offsets = new TreeMap<Integer, Long>();
      readings.forEach(
          (partition, its) -> {
            if (its.more()) offsets.put(partition, its.next());
          });
      if (offsets.isEmpty()) return true;
      var answer =
          one.ask(
              FetchResponse.class,
              ApiKeys.FETCH,
              Calls.fetch(inquiry.topic(), offsets, 0, CHUNK_BYTES),
              inquiry.topic());
      if (answer.isEmpty()) return false;
      for (FetchResponseData.PartitionData data : Calls.fetched(answer.get())) {
        PartitionReading its = readings.get(data.partitionIndex());
        if (its != null) bytes += its.take(data);
      }
    }
    return true;
  }

  private void tell(Map<Integer, PartitionReading> readings, Consumer<Observation> heard) {
    long nowMs = inquiry.clockMs().getAsLong();
    var seen = new TreeMap<String, SenderSeen>();
    for (var reading : new TreeMap<>(readings).entrySet()) {
      if (reading.getValue().tally().many()) {
        unasked(Sentence.of(UnaskedWords.MANY_KEYS, SenderTally.SENDERS_MAX), heard);
        return;
      }
      reading
          .getValue()
          .tally()
          .senders(nowMs)
          .forEach(
              (name, its) ->
                  seen.merge(name, seen(name, reading.getKey(), its), SenderReader::both));
    }
    seen.values().stream()
        .filter(s -> s.records() >= RECORDS_MIN)
        .sorted(Comparator.comparingDouble(s -> -(double) s.silentMs() / (1 + s.everyMs())))
        .limit(SENDERS_MAX)
        .forEach(s -> heard.accept(new Observation(Source.BEATS, "kafka", nowMs, s)));
  }

  private static SenderSeen seen(String name, int partition, SenderTally.Sender its) {
    return new SenderSeen(
        name,
        List.of(partition),
        its.records(),
        its.everyMs(),
        its.longestMs(),
        its.lastWallMs(),
        its.lateMs(),
        its.silentMs(),
        its.others());
  }

  /** Of a sender in several partitions: it is silent while it is silent in all of them. */
  private static SenderSeen both(SenderSeen one, SenderSeen other) {
    var partitions = new TreeSet<>(one.partitions());
    partitions.addAll(other.partitions());
    return new SenderSeen(
        one.sender(),
        List.copyOf(partitions),
        one.records() + other.records(),
        Math.max(one.everyMs(), other.everyMs()),
        Math.max(one.longestMs(), other.longestMs()),
        Math.max(one.lastWallMs(), other.lastWallMs()),
        Math.max(one.lateMs(), other.lateMs()),
        Math.min(one.silentMs(), other.silentMs()),
        Math.max(one.others(), other.others()));
  }

  private void unasked(Sentence why, Consumer<Observation> heard) {
    Sentence what = Sentence.of(UnaskedWords.SENDERS, inquiry.topic());
    heard.accept(
        new Observation(
            Source.BEATS, "kafka", inquiry.clockMs().getAsLong(), new Fact.Unasked(what, why)));
  }
}
