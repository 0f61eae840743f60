package holter.server.kafka;

import holter.server.kafka.BrokerLink.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/**
 * What lanes that may not write ask instead: where their partition ends, once, and then what is
 * there. That the leader answers is the outcome; what it answers is not read.
 */
final class LanePeek {
  /** A fetch at the end of a log brings at most one small batch. */
  private static final int PEEK_BYTES = 1024;

  private final Lanes lanes;
  private final BrokerLink link;
  private final Map<Integer, Lane> mine;

  LanePeek(Lanes lanes, BrokerLink link, Map<Integer, Lane> mine) {
    this.lanes = lanes;
    this.link = link;
    this.mine = mine;
  }

  /** Asks for all samples that wait, in one request; false when none does. */
  boolean ask() {
    var peeks = new LinkedHashMap<Integer, Long>();
    var ends = new ArrayList<Integer>();
    for (Lane lane : mine.values()) {
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
      List<Sample> peeking = peeking(ends);
      link.send(Line.READ, Calls.offsets(topic, ends, Calls.LATEST), r -> located(r, peeking));
    } else if (!peeks.isEmpty()) {
      List<Sample> peeking = peeking(peeks.keySet());
      link.send(Line.READ, Calls.fetch(topic, peeks, 0, PEEK_BYTES), r -> peeked(r, peeking));
    }
    return !ends.isEmpty() || !peeks.isEmpty();
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
    if (Calls.moved(error)) {
      sample.voided(error.name(), lanes.nowMs());
      lanes.maps().refreshSoon();
    } else {
      sample.failed(error.name(), lanes.nowMs());
    }
  }

  private void fail(List<Sample> samples, ClientResponse response) {
    long now = lanes.nowMs();
    samples.forEach(sample -> sample.unanswered(response, now));
    lanes.maps().refreshSoon();
  }
}
