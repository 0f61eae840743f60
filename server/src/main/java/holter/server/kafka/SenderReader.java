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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
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

  /** So much is read up to a partition's end; what lies before it is passed over. */
  private static final long TAIL_BYTES = 512 * 1024;

  /** So much is read from one broker. */
  private static final long BROKER_BYTES = 8L << 20;

  /** Requests to one broker; a partition that is not at its end by then is left there. */
  private static final int FETCHES_MAX = 12;

  /** A broker that takes longer to say where its partitions end has trouble enough. */
  private static final long BRISK_MS = 400;

  /** Fewer records than this show no regularity. */
  private static final int RECORDS_MIN = 8;

  /** More senders than this are not told; the most silent ones come first. */
  private static final int SENDERS_MAX = 100;

  private static final int NAME_MAX = 200;

  /** From this version on a broker finds a record by its time. */
  private static final int BY_TIME = 1;

  private final Inquiry inquiry;

  public SenderReader(Inquiry inquiry) {
    this.inquiry = inquiry;
  }

  /** One partition while it is read. */
  private static final class Reading {
    final SenderTally tally = new SenderTally();
    long next;
    long end;
    long bytes;
    long from;
    boolean skipped;
    boolean over;

    boolean more() {
      return !over && next < end;
    }
  }

  /**
   * Tells what it found; takes as long as the deadline at most.
   *
   * @param sinceMs from when on records are looked at
   */
  public void observe(ClusterMap map, long sinceMs, Duration deadline, Consumer<Observation> heard)
      throws InterruptedException {
    Map<Integer, List<TopicPartition>> led = led(map);
    List<BrokerNode> leaders = map.brokers().stream().filter(b -> led.containsKey(b.id())).toList();
    Map<Integer, Reading> readings = new ConcurrentHashMap<>();
    try (Panel panel = inquiry.panel(leaders, deadline, _ -> {})) {
      panel.lastStep(
          one -> {
            long beganNs = System.nanoTime();
            if (!one.open()) return;
            Map<Integer, Reading> its =
                begin(one, led.getOrDefault(one.broker().id(), List.of()), sinceMs);
            if ((System.nanoTime() - beganNs) / 1_000_000 > BRISK_MS) {
              unasked(Sentence.of(UnaskedWords.BURDENED, one.broker().id()), heard);
            } else {
              read(one, its);
              readings.putAll(its);
            }
          });
    }
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

  /** Where each partition's window begins and ends. */
  private static Map<Integer, Reading> begin(
      Interview one, List<TopicPartition> led, long sinceMs) {
    var starts = new HashMap<Integer, Long>();
    var since = new HashMap<Integer, Long>();
    var readings = new TreeMap<Integer, Reading>();
    GroupCalls.offsets(one, led, Calls.EARLIEST, (p, offset) -> starts.put(p.partition(), offset));
    boolean byTime = one.version(ApiKeys.LIST_OFFSETS) >= BY_TIME;
    if (byTime) {
      GroupCalls.offsets(one, led, sinceMs, (p, offset) -> since.put(p.partition(), offset));
    }
    GroupCalls.offsets(
        one,
        led,
        Calls.LATEST,
        (p, end) -> {
          var reading = new Reading();
          long start = starts.getOrDefault(p.partition(), end);
          long from = since.getOrDefault(p.partition(), byTime ? -1 : start);
          reading.next = Math.max(start, from);
          reading.over = from < 0; // nothing in it is as new as that
          reading.from = reading.next;
          reading.end = end;
          readings.put(p.partition(), reading);
        });
    return readings;
  }

  private void read(Interview one, Map<Integer, Reading> readings) {
    long bytes = 0;
    for (int fetch = 0; fetch < FETCHES_MAX && bytes < BROKER_BYTES; fetch++) {
      var offsets = new TreeMap<Integer, Long>();
      readings.forEach(
          (partition, its) -> {
            if (its.more()) offsets.put(partition, its.next);
          });
      if (offsets.isEmpty()) return;
      var answer =
          one.ask(
              FetchResponse.class,
              ApiKeys.FETCH,
              Calls.fetch(inquiry.topic(), offsets, 0, CHUNK_BYTES),
              inquiry.topic());
      if (answer.isEmpty()) return;
      for (FetchResponseData.PartitionData data : Calls.fetched(answer.get())) {
        Reading its = readings.get(data.partitionIndex());
        if (its != null) bytes += take(its, data);
      }
    }
  }

  /** Takes what came, and goes on behind it; returns how much that was. */
  private static long take(Reading its, FetchResponseData.PartitionData data) {
    long next = Calls.endOf(data, its.next);
    if (data.errorCode() != Errors.NONE.code()
        || next == its.next
        || !(data.records() instanceof MemoryRecords records)) {
      its.over = true;
      return 0;
    }
    try {
      records(its, records);
    } catch (KafkaException garbled) { // what cannot be unpacked tells of nobody
      its.over = true;
    }
    its.bytes += records.validBytes();
    its.next = next;
    double each = (double) its.bytes / (its.next - its.from);
    long tail = (long) (TAIL_BYTES / Math.max(each, 1));
    if (!its.skipped && its.end - its.next > tail) {
      its.next = its.end - tail;
      its.skipped = true;
      its.tally.skip();
    }
    return records.validBytes();
  }

  private static void records(Reading its, MemoryRecords records) {
    for (RecordBatch batch : records.batches()) {
      if (batch.isControlBatch()) continue;
      for (Record record : batch) {
        if (record.offset() < its.next || record.offset() >= its.end || !record.hasKey()) continue;
        String name = name(record.key());
        if (!name.isEmpty()) its.tally.take(name, record.timestamp());
      }
    }
  }

  /** A key as text; empty when it is none. */
  private static String name(ByteBuffer key) {
    if (key.remaining() == 0 || key.remaining() > NAME_MAX) return "";
    String name = StandardCharsets.UTF_8.decode(key).toString();
    boolean plain = name.chars().allMatch(c -> c > ' ' && c != 0xFFFD && c != 0x7F);
    return plain ? name : "";
  }

  private void tell(Map<Integer, Reading> readings, Consumer<Observation> heard) {
    long nowMs = inquiry.clockMs().getAsLong();
    var seen = new TreeMap<String, SenderSeen>();
    for (var reading : new TreeMap<>(readings).entrySet()) {
      if (reading.getValue().tally.many()) {
        unasked(Sentence.of(UnaskedWords.MANY_KEYS, SenderTally.SENDERS_MAX), heard);
        return;
      }
      reading
          .getValue()
          .tally
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
