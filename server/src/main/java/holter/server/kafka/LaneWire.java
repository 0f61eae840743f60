package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.server.kafka.BrokerLink.Line;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;

/** Puts the samples of one leader's lanes on the wire, and reads what comes back of them. */
final class LaneWire {
  /** The longest a fetch waits on the broker. */
  private static final int MAX_WAIT_MS = 500;

  /** Some dozens of probe records; more than this never lies between a sample and its fetch. */
  private static final int FETCH_BYTES = 16 * 1024;

  /** The least time from an empty answer to the next fetch, whatever made the broker hurry. */
  private static final long REST_MS = 10;

  private final Lanes lanes;
  private final BrokerLink link;
  private final Map<Integer, Lane> mine;
  private final LanePeek peek;
  private final byte[] mark;
  private long restUntilMs;

  LaneWire(Lanes lanes, BrokerNode broker, BrokerLink link, Map<Integer, Lane> mine) {
    this.lanes = lanes;
    this.link = link;
    this.mine = mine;
    this.peek = new LanePeek(lanes, link, mine);
    this.mark = lanes.mark(broker.id());
  }

  /** Writes one record for each sample that waits, all in one request. The line must be ready. */
  void write() {
    var records = new TreeMap<Integer, SimpleRecord>();
    var sent = new HashMap<Integer, Sample>();
    for (Lane lane : mine.values()) {
      for (Sample sample : lane.underWay()) {
        if (sample.writes() && sample.waiting() && !sent.containsKey(lane.partition())) {
          records.put(lane.partition(), new SimpleRecord(System.currentTimeMillis(), mark));
          sent.put(lane.partition(), sample);
          sample.handedOver();
        }
      }
    }
    if (!records.isEmpty()) {
      byte magic = Calls.magic(link.version(Line.WRITE, ApiKeys.PRODUCE));
      int timeoutMs = (int) lanes.settings().deadline().toMillis();
      link.send(
          Line.WRITE,
          Calls.produce(lanes.settings().twin(), records, magic, timeoutMs),
          response -> written(response, sent));
    }
  }

  private void written(ClientResponse response, Map<Integer, Sample> sent) {
    long now = lanes.nowMs();
    if (!(response.responseBody() instanceof ProduceResponse body)) {
      sent.values().forEach(sample -> sample.unanswered(response, now));
      lanes.maps().refreshSoon();
      return;
    }
    body.data()
        .responses()
        .forEach(topic -> topic.partitionResponses().forEach(p -> written(p, sent, now)));
  }

  private void written(PartitionProduceResponse told, Map<Integer, Sample> sent, long now) {
    Sample sample = sent.get(told.index());
    Lane lane = mine.get(told.index());
    if (sample == null || lane == null) {
      return;
    }
    Errors error = Errors.forCode(told.errorCode());
    switch (error) {
      case NONE -> sample.acknowledged(told.baseOffset(), now);
      case TOPIC_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED -> {
        lane.deny("no right to write to the twin topic");
        sample.voided("no right to write to the twin topic", now);
      }
      default -> {
        if (Calls.moved(error)) {
          sample.voided(error.name(), now);
          lanes.maps().refreshSoon();
        } else {
          sample.failed(error.name(), now);
        }
      }
    }
  }

  /** Asks for what is to be read now, in one request. The line must be ready and idle. */
  void read(long nextRoundMs) {
    var records = new LinkedHashMap<Integer, Long>();
    for (Lane lane : mine.values()) {
      lane.underWay().stream()
          .filter(Sample::acked)
          .mapToLong(Sample::offset)
          .min()
          .ifPresent(offset -> records.put(lane.partition(), lane.positionFor(offset)));
    }
    if (!peek.ask() && !records.isEmpty() && lanes.nowMs() >= restUntilMs) {
      // It ends with the round, so that the next round's records never wait behind it.
      long sentMs = lanes.nowMs();
      int waitMs = Math.clamp(nextRoundMs - sentMs - 5, 1, MAX_WAIT_MS);
      link.send(
          Line.READ,
          Calls.fetch(lanes.settings().twin(), records, waitMs, FETCH_BYTES),
          r -> read(r, records));
    }
  }

  private void read(ClientResponse response, Map<Integer, Long> asked) {
    long now = lanes.nowMs();
    if (!(response.responseBody() instanceof FetchResponse body)) {
      lanes.maps().refreshSoon();
      return; // the samples wait on, until their deadline
    }
    restUntilMs = now + REST_MS;
    for (FetchResponseData.PartitionData data : Calls.fetched(body)) {
      Lane lane = mine.get(data.partitionIndex());
      if (lane == null) {
        continue;
      }
      if (FetchResponse.recordsSize(data) > 0) {
        restUntilMs = now;
      }
      long from = asked.getOrDefault(data.partitionIndex(), Long.MAX_VALUE);
      List<Sample> awaited =
          lane.underWay().stream().filter(s -> s.acked() && s.offset() >= from).toList();
      Errors error = Errors.forCode(data.errorCode());
      if (error == Errors.NONE) {
        match(lane, awaited, data, now);
      } else if (Calls.moved(error) || error == Errors.OFFSET_OUT_OF_RANGE) {
        lane.position(-1);
        awaited.forEach(sample -> sample.voided(error.name(), now));
        lanes.maps().refreshSoon();
      }
    }
  }

  private void match(
      Lane lane, List<Sample> awaited, FetchResponseData.PartitionData data, long now) {
    var values = new HashMap<Long, @Nullable ByteBuffer>();
    long next = data.highWatermark();
    if (data.records() instanceof MemoryRecords records) {
      for (Record record : records.records()) {
        values.put(record.offset(), record.value());
        next = record.offset() + 1;
      }
    }
    lane.position(next);
    for (Sample sample : awaited) {
      ByteBuffer value = values.get(sample.offset());
      if (value == null) {
        sample.notYetVisible();
      } else if (value.equals(ByteBuffer.wrap(mark))) {
        sample.seen(now);
      } else {
        sample.voided("another record stands where ours was acknowledged", now);
      }
    }
  }
}
