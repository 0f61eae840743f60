package holter.server;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a broker was that no map names any more. */
class DepartedTest {
  private static final BrokerNode SECOND = new BrokerNode(1002, "kafka-2", 6667);

  private final List<Observation> seen = new ArrayList<>();

  private void gone(int id) {
    seen.add(new Observation(Source.METADATA, "kafka", 1, new Fact.NotRegistered(id, "kafka")));
  }

  private void said(int target, String line) {
    var fact = new Fact.Complaint(1002, target, ComplaintKind.REFUSED, 1, 1, 1, line);
    seen.add(new Observation(Source.BROKER_LOGS, "1002", 1, fact));
  }

  private List<BrokerNode> among(String... given) {
    List<BrokerNode> addresses = new ArrayList<>();
    for (String host : given) addresses.add(new BrokerNode(-1, host, 6667));
    return Departed.among(List.of(SECOND), addresses, seen);
  }

  @Test
  void itsPeersNameItsPlaceInTheWordsOfEveryVersion() {
    gone(1001);
    gone(1003);
    said(
        1001,
        "WARN [ReplicaFetcher replicaId=1002, leaderId=1001, fetcherId=0] Connection to node"
            + " 1001 (kafka-1/10.0.0.1:6667) could not be established. (org.apache)");
    said(1003, "java.io.IOException: Connection to kafka-3:9092 (id: 1003 rack: null) failed");
    assertThat(among())
        .containsExactly(
            new BrokerNode(1001, "kafka-1", 6667), new BrokerNode(1003, "kafka-3", 9092));
  }

  @Test
  void whoIsStillNamedOrIsAControllerHasNotLeft() {
    gone(1002);
    said(1, "Connection to node 1 (control/10.0.0.9:9093) could not be established");
    assertThat(among()).isEmpty();
  }

  @Test
  void theOnlyGivenAddressThatIsNoBrokersIsThatOfTheOnlyOneThatLeft() {
    gone(1001);
    assertThat(among("kafka-1", "kafka-2")).containsExactly(new BrokerNode(1001, "kafka-1", 6667));
  }

  @Test
  void aBalancersAddressIsNobodysPlace() {
    gone(1001);
    assertThat(among("kafka.example")).containsExactly(new BrokerNode(1001, "", -1));
  }
}
