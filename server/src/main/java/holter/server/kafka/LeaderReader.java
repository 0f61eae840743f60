package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.PartitionMap;
import holter.server.kafka.BrokerLink.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the partitions that one broker leads: one long poll after the other, on its own thread. */
final class LeaderReader implements LeaderWorker {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderReader.class);

  /** How long the broker may hold a fetch that finds nothing: the grain of the read barrier. */
  private static final int MAX_WAIT_MS = 500;

  /** Tells one reader of a partition from the one before it. */
  private static final AtomicLong TOKENS = new AtomicLong();

  private static final int PARTITION_MAX_BYTES = 1 << 20;
  private static final int PARTITION_MAX_BYTES_STUCK = 8 << 20;
  private static final long ERROR_REST_MS = 100;
  private static final long BARRIER_GAP_MS = 50;

  private final TopicReader reader;
  private final long token = TOKENS.incrementAndGet();
  private final BrokerNode broker;
  private volatile List<Cursor> mine = List.of();
  private volatile @Nullable BrokerLink link;
  private volatile boolean closed;
  private int partitionMaxBytes = PARTITION_MAX_BYTES;

  /** Answers that came and are to be handed over, outside of the poll that brought them. */
  private final ArrayDeque<Runnable> came = new ArrayDeque<>();

  /** What was asked for, when, and how long the broker may wait for a first record. */
  private record Fetch(Map<Integer, Long> offsets, long sentMs, int maxWaitMs) {}

  LeaderReader(TopicReader reader, BrokerNode broker) {
    this.reader = reader;
    this.broker = broker;
    DaemonThreads.of("read-" + broker.id()).newThread(this::run).start();
  }

  @Override
  public void assign(List<PartitionMap> partitions) {
    List<Cursor> cursors = partitions.stream().map(p -> reader.cursor(p.partition())).toList();
    if (!cursors.equals(mine)) {
      cursors.forEach(cursor -> cursor.own(token));
      mine = cursors;
      wake();
    }
  }

  @Override
  public void close() {
    closed = true;
    wake();
  }

  private void wake() {
    BrokerLink open = link;
    if (open != null) {
      open.wakeup();
    }
  }

  private void run() {
    try (BrokerLink open = reader.open(broker)) {
      link = open;
      while (!closed) {
        step(open);
      }
    } catch (RuntimeException bug) {
      if (!closed) {
        LOG.atError().addKeyValue("broker", broker.id()).setCause(bug).log("reader died");
        reader.died(broker);
      }
    }
  }

  private void step(BrokerLink open) {
    int failuresBefore = open.failures(Line.READ);
    if (open.ready(Line.READ) && open.idle(Line.READ)) {
      ask(open);
    }
    if (open.failures(Line.READ) > failuresBefore) {
      reader.maps().refreshSoon();
    }
    open.poll(100);
    for (Runnable answer = came.poll(); answer != null; answer = came.poll()) {
      answer.run();
    }
  }

  private void ask(BrokerLink open) {
    long now = reader.nowMs();
    var offsets = new LinkedHashMap<Integer, Long>();
    var end = new ArrayList<Integer>();
    var beginning = new ArrayList<Integer>();
    for (Cursor cursor : mine) {
      Cursor.Want want = cursor.wants(token, now);
      if (want == Cursor.Want.RECORDS) {
        offsets.put(cursor.partition(), cursor.next());
      } else if (want != null) {
        (want == Cursor.Want.END ? end : beginning).add(cursor.partition());
      }
    }
    if (!end.isEmpty()) {
      open.send(Line.READ, Calls.offsets(reader.topic(), end, Calls.LATEST), r -> place(r, true));
    } else if (!beginning.isEmpty()) {
      open.send(
          Line.READ,
          Calls.offsets(reader.topic(), beginning, Calls.EARLIEST),
          r -> place(r, false));
    } else if (!offsets.isEmpty()) {
      send(open, new Fetch(offsets, now, MAX_WAIT_MS));
    }
  }

  /**
   * Asks for what comes next before an answer is handed over, so that the broker works meanwhile.
   * Only while we are behind, and only if the answer was for all that is ours now.
   */
  private void askAhead(BrokerLink open, Fetch fetch, List<FetchResponseData.PartitionData> all) {
    var offsets = new LinkedHashMap<Integer, Long>();
    boolean behind = false;
    for (FetchResponseData.PartitionData data : all) {
      long from = fetch.offsets.getOrDefault(data.partitionIndex(), -1L);
      long next = Calls.endOf(data, from);
      boolean stuck = next == from && FetchResponse.recordsSize(data) > 0;
      if (data.errorCode() != Errors.NONE.code() || stuck) {
        return;
      }
      behind |= next < data.highWatermark();
      offsets.put(data.partitionIndex(), next);
    }
    List<Cursor> ours = mine;
    boolean whole =
        offsets.size() == ours.size()
            && ours.stream().allMatch(cursor -> offsets.containsKey(cursor.partition()));
    if (behind && whole && open.idle(Line.READ) && open.ready(Line.READ)) {
      send(open, new Fetch(offsets, reader.nowMs(), 0));
      open.poll(0);
    }
  }

  private void send(BrokerLink open, Fetch fetch) {
    open.send(
        Line.READ,
        Calls.fetch(reader.topic(), fetch.offsets, fetch.maxWaitMs, partitionMaxBytes),
        response -> came.add(() -> fetched(open, response, fetch)));
  }

  private void place(ClientResponse response, boolean ends) {
    if (!response.hasResponse() || !(response.responseBody() instanceof ListOffsetsResponse body)) {
      reader.maps().refreshSoon();
      return;
    }
    Calls.offsetsOf(body)
        .forEach(
            (partition, told) -> {
              Cursor cursor = reader.cursor(partition);
              if (told.errorCode() != Errors.NONE.code()) {
                trouble(cursor, Errors.forCode(told.errorCode()));
              } else if (ends) {
                cursor.ends(token, Calls.offsetIn(told));
              } else {
                cursor.begins(token, Calls.offsetIn(told));
              }
            });
  }

  private void fetched(BrokerLink open, ClientResponse response, Fetch fetch) {
    if (!response.hasResponse() || !(response.responseBody() instanceof FetchResponse body)) {
      reader.maps().refreshSoon();
      return;
    }
    long waitedMs = reader.nowMs() - fetch.sentMs;
    boolean stuck = false;
    boolean empty = true;
    List<FetchResponseData.PartitionData> all = Calls.fetched(body);
    for (FetchResponseData.PartitionData data : all) {
      empty &= FetchResponse.recordsSize(data) == 0;
    }
    // An empty answer that took the whole wait was looked up at the end of the wait.
    boolean waited = fetch.maxWaitMs > 0 && waitedMs >= fetch.maxWaitMs;
    long throughMs = empty && waited ? fetch.sentMs + fetch.maxWaitMs : fetch.sentMs;
    askAhead(open, fetch, all);
    for (FetchResponseData.PartitionData data : all) {
      Cursor cursor = reader.cursor(data.partitionIndex());
      if (!cursor.takes(token, fetch.offsets.getOrDefault(data.partitionIndex(), -1L))) {
        continue;
      }
      Errors error = Errors.forCode(data.errorCode());
      if (error == Errors.NONE) {
        stuck |= hand(cursor, data, throughMs);
      } else {
        trouble(cursor, error);
      }
    }
    partitionMaxBytes = stuck ? PARTITION_MAX_BYTES_STUCK : PARTITION_MAX_BYTES;
  }

  /** Hands records over, then the barrier if they reach the high watermark; true when stuck. */
  private boolean hand(Cursor cursor, FetchResponseData.PartitionData data, long throughMs) {
    long before = cursor.next();
    if (data.records() instanceof MemoryRecords records) {
      for (RecordBatch batch : records.batches()) {
        handBatch(cursor, batch);
      }
    }
    long next = cursor.next();
    boolean stuck = next == before && FetchResponse.recordsSize(data) > 0;
    if (stuck && partitionMaxBytes == PARTITION_MAX_BYTES_STUCK) {
      reader.sink().garbled(cursor.partition(), next, "larger than any buffer; skipped");
      cursor.advance(next + 1);
    }
    if (data.highWatermark() >= 0
        && next >= data.highWatermark()
        && cursor.proves(throughMs, BARRIER_GAP_MS)) {
      reader.sink().readThrough(cursor.partition(), throughMs);
    }
    return stuck;
  }

  private void handBatch(Cursor cursor, RecordBatch batch) {
    long from = cursor.next();
    if (batch.lastOffset() < from) {
      return;
    }
    try {
      batch.ensureValid();
      if (!batch.isControlBatch()) {
        for (Record read : batch) {
          if (read.offset() >= from) {
            handRecord(cursor, read);
          }
        }
      }
    } catch (KafkaException corrupt) {
      reader.sink().garbled(cursor.partition(), from, "corrupt batch; skipped");
    }
    cursor.advance(batch.nextOffset());
  }

  private void handRecord(Cursor cursor, Record read) {
    long at = Math.max(0, read.timestamp());
    if (read.offset() >= cursor.liveFrom() || reader.recent(at)) {
      reader
          .sink()
          .record(
              new ReadRecord(
                  cursor.partition(), read.offset(), at, read.key(), read.value(), read.headers()));
    }
  }

  private void trouble(Cursor cursor, Errors error) {
    cursor.rest(reader.nowMs() + ERROR_REST_MS);
    if (error == Errors.OFFSET_OUT_OF_RANGE) {
      cursor.outOfRange(token);
    } else {
      reader.maps().refreshSoon();
      LOG.atDebug()
          .addKeyValue("partition", cursor.partition())
          .addKeyValue("broker", broker.id())
          .addKeyValue("error", error)
          .log("partition not readable here");
    }
  }
}
