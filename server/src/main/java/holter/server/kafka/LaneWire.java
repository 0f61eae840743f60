package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.server.kafka.BrokerLink.Line;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;

/** Puts the samples of one leader's lanes on the wire, and reads what comes back of them. */
final class LaneWire {
  /** The longest a fetch waits on the broker. */
  private static final int MAX_WAIT_MS = 500;

  /** Some dozens of probe records; more than this never lies between a sample and its fetch. */
  private static final int FETCH_BYTES = 16 * 1024;

  /** The least time between two fetches, whatever a broker answers. */
  private static final long REST_MS = 10;

  /** A fetch at the end of a log that is not ours brings at most one small batch. */
  private static final int PEEK_BYTES = 1024;

  private final Lanes lanes;
  private final BrokerLink link;
  private final Map<Integer, Lane> mine;
  private final byte[] mark;
  private long restUntilMs;

  LaneWire(Lanes lanes, BrokerNode broker, BrokerLink link, Map<Integer, Lane> mine) {
    this.lanes = lanes;
    this.link = link;
    this.mine = mine;
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
      sent.values().forEach(sample -> unanswered(sample, response, now));
      lanes.maps().refreshSoon();
      return;
    }
    body.data()
        .responses()
        .forEach(topic -> topic.partitionResponses().forEach(p -> written(p, sent, now)));
  }

  /**
   * When we gave the connection up because of an older request, a young sample gets another chance
   * on the next one: that end was our own, not the leader's.
   */
  private void unanswered(Sample sample, ClientResponse response, long now) {
    if (response.wasTimedOut() && sample.ended().isEmpty()) {
      sample.askAgain();
    } else {
      sample.failed(error(response), now);
    }
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
        if (moved(error)) {
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
    var peeks = new LinkedHashMap<Integer, Long>();
    var ends = new ArrayList<Integer>();
    for (Lane lane : mine.values()) {
      lane.underWay().stream()
          .filter(Sample::acked)
          .mapToLong(Sample::offset)
          .min()
          .ifPresent(offset -> records.put(lane.partition(), lane.positionFor(offset)));
      if (lane.any(s -> !s.writes() && s.waiting())) {
        if (lane.end() < 0) {
          ends.add(lane.partition());
        } else {
          peeks.put(lane.partition(), lane.end());
        }
      }
    }
    String topic = lanes.settings().topic();
    if (!ends.isEmpty()) {
      link.send(
          Line.READ, Calls.offsets(topic, ends, Calls.LATEST), r -> located(r, peeking(ends)));
    } else if (!peeks.isEmpty()) {
      link.send(
          Line.READ,
          Calls.fetch(topic, peeks, 0, PEEK_BYTES),
          r -> peeked(r, peeking(peeks.keySet())));
    } else if (!records.isEmpty() && lanes.nowMs() >= restUntilMs) {
      // It ends with the round, so that the next round's records never wait behind it.
      long sentMs = lanes.nowMs();
      int waitMs = Math.clamp(nextRoundMs - sentMs - 5, 1, MAX_WAIT_MS);
      restUntilMs = sentMs + REST_MS;
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
    for (FetchResponseData.PartitionData data : Calls.fetched(body)) {
      Lane lane = mine.get(data.partitionIndex());
      if (lane == null) {
        continue;
      }
      long from = asked.getOrDefault(data.partitionIndex(), Long.MAX_VALUE);
      List<Sample> awaited =
          lane.underWay().stream().filter(s -> s.acked() && s.offset() >= from).toList();
      Errors error = Errors.forCode(data.errorCode());
      if (error == Errors.NONE) {
        match(lane, awaited, data, now);
      } else if (moved(error) || error == Errors.OFFSET_OUT_OF_RANGE) {
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

  private void located(ClientResponse response, List<Sample> peeking) {
    if (!(response.responseBody() instanceof ListOffsetsResponse body)) {
      fail(peeking, response);
      return;
    }
    var told = Calls.offsetsOf(body);
    for (Sample sample : peeking) {
      var partition = told.get(sample.partition());
      Lane lane = mine.get(sample.partition());
      if (partition == null || lane == null) {
        continue;
      }
      Errors error = Errors.forCode(partition.errorCode());
      if (error == Errors.NONE) {
        lane.end(Calls.offsetIn(partition));
        sample.askAgain();
      } else {
        fetchError(sample, error);
      }
    }
  }

  private void peeked(ClientResponse response, List<Sample> peeking) {
    if (!(response.responseBody() instanceof FetchResponse body)) {
      fail(peeking, response);
      return;
    }
    long now = lanes.nowMs();
    for (FetchResponseData.PartitionData data : Calls.fetched(body)) {
      Lane lane = mine.get(data.partitionIndex());
      Errors error = Errors.forCode(data.errorCode());
      for (Sample sample : peeking) {
        if (lane == null || sample.partition() != data.partitionIndex()) {
          continue;
        }
        if (error == Errors.NONE) {
          lane.end(data.highWatermark());
          sample.fetched(now);
        } else if (error == Errors.OFFSET_OUT_OF_RANGE) {
          lane.end(-1);
          sample.askAgain();
        } else {
          fetchError(sample, error);
        }
      }
    }
  }

  private List<Sample> peeking(Iterable<Integer> partitions) {
    var all = new ArrayList<Sample>();
    for (int partition : partitions) {
      Lane lane = mine.get(partition);
      if (lane != null) {
        lane.underWay().stream().filter(s -> !s.writes() && s.waiting()).forEach(all::add);
      }
    }
    all.forEach(Sample::handedOver);
    return all;
  }

  private void fetchError(Sample sample, Errors error) {
    if (moved(error)) {
      sample.voided(error.name(), lanes.nowMs());
      lanes.maps().refreshSoon();
    } else {
      sample.failed(error.name(), lanes.nowMs());
    }
  }

  private void fail(List<Sample> samples, ClientResponse response) {
    long now = lanes.nowMs();
    samples.forEach(sample -> unanswered(sample, response, now));
    lanes.maps().refreshSoon();
  }

  private static boolean moved(Errors error) {
    return Arrays.asList(
            Errors.NOT_LEADER_OR_FOLLOWER,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.LEADER_NOT_AVAILABLE,
            Errors.REPLICA_NOT_AVAILABLE,
            Errors.FENCED_LEADER_EPOCH)
        .contains(error);
  }

  private static String error(ClientResponse response) {
    if (response.authenticationException() != null) {
      return "AUTHENTICATION_FAILED";
    }
    if (response.versionMismatch() != null) {
      return "UNSUPPORTED_VERSION";
    }
    return response.wasTimedOut() ? "REQUEST_TIMED_OUT" : "NETWORK_EXCEPTION";
  }
}
