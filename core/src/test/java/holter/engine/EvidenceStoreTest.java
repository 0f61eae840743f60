package holter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.ClusterMap;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceStoreTest {
  private static Observation map(String topic, long atMs) {
    var map = new ClusterMap(topic, List.of(), List.of(), atMs, "kafka:1");
    return new Observation(Source.METADATA, "kafka:1", atMs, new Fact.Metadata(map));
  }

  @Test
  void mapsOfSeveralTopicsStandBesideOneAnotherAndTheNewestOfEachCounts() {
    var store = new EvidenceStore();
    store.put(map("HeartBeat", 1));
    store.put(map("registrations", 2));
    store.put(map("HeartBeat", 3));
    assertThat(store.all()).containsExactly(map("registrations", 2), map("HeartBeat", 3));
  }
}
