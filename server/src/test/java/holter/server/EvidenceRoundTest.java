package holter.server;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.MapReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EvidenceRoundTest {
  @Test
  void whatNobodyConfiguredIsToldAsNotAskedAndAClusterThatIsSilentToo() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      KafkaSettings kafka = KafkaSettings.of(List.of(address));
      EvidenceAccess access =
          new EvidenceAccess(
              kafka,
              "HeartBeat",
              "",
              null,
              LogPlaces.NONE,
              null,
              Places.NONE,
              Duration.ofSeconds(2));
      try (MapReader maps =
          new MapReader(
              kafka, Set.of("HeartBeat"), Duration.ofSeconds(2), System::currentTimeMillis)) {
        List<Observation> seen =
            new EvidenceRound(access, maps, System::currentTimeMillis).gather(0);
        assertThat(seen).allMatch(o -> o.fact() instanceof Fact.Unasked);
        assertThat(seen.stream().map(o -> ((Fact.Unasked) o.fact()).subject().english()))
            .contains(
                "zookeeper",
                "logs",
                "hosts",
                "JMX",
                "Kubernetes",
                "another vantage",
                "broker " + address);
      }
    }
  }

  @Test
  void brokersAreNamedByMetadataFirstAndByZooKeeperWhereMetadataIsMissing() {
    BrokerNode fromMetadata = new BrokerNode(1001, "iota-n2", 6667);
    ClusterMap map = new ClusterMap("HeartBeat", List.of(fromMetadata), List.of(), 5, "kafka:1001");
    List<Observation> seen =
        List.of(
            zooKeeper(new Fact.Registered(1001, "10.0.0.9", 9092, 0, 0)),
            zooKeeper(new Fact.Registered(1002, "iota-m2", 6667, 0, 0)),
            new Observation(Source.METADATA, "1001", 5, new Fact.Metadata(map)));
    assertThat(EvidenceRound.named(seen))
        .containsExactly(fromMetadata, new BrokerNode(1002, "iota-m2", 6667));
  }

  @Test
  void theIncidentsClockSkewIsReadFromTheRegistration() {
    long ctime = 1675325226000L;
    long ownClock = 1675325231426L;
    assertThat(
            EvidenceRound.skewsIn(
                List.of(
                    zooKeeper(new Fact.Registered(1001, "iota-n2", 6667, ctime, ownClock)),
                    zooKeeper(new Fact.Registered(1002, "iota-m2", 6667, ctime, ctime - 40)),
                    zooKeeper(new Fact.Registered(1003, "iota-n1", 6667, ctime, 0)))))
        .isEqualTo(Map.of(1001, 5426L));
  }

  private static Observation zooKeeper(Fact fact) {
    return new Observation(Source.ZOOKEEPER, "zookeeper", 5, fact);
  }
}
