package holter.server.log;

import static holter.diagnose.ComplaintKind.CONNECT_TIMEOUT;
import static holter.diagnose.ComplaintKind.FENCED;
import static holter.diagnose.ComplaintKind.ISR_EJECTED;
import static holter.diagnose.ComplaintKind.NO_ANSWER;
import static holter.diagnose.ComplaintKind.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Wordings of real brokers, old and new, whole and wrapped. */
final class AccusationTest {
  @Test
  void theIncidentsOwnLinesAccuseItsBroker() {
    String entry =
        """
        [2023-02-02 18:05:41,431] WARN [ReplicaFetcherThread-0-1001], Error in fetch \
        kafka.server.ReplicaFetcherThread$FetchRequest@c91df11 (kafka.server.ReplicaFetcherThread)
        java.io.IOException: Connection to 1001 was disconnected before the response was read
        \tat kafka.utils.NetworkClientBlockingOps$$anonfun$1.apply(NetworkClientBlockingOps.scala:115)
        """;
    assertThat(Accusation.in(entry)).containsExactly(new Accusation(1001, NO_ANSWER));
  }

  @Test
  void aLineWrappedInTheMiddleOfAWordOrANumberSaysTheSame() {
    String entry =
        """
        [2023-02-02 18:05:41,431] WARN [ReplicaFetcherThread-0-1001], Error in fetch kafka.server.Repl
        icaFetcherThread$FetchRequest@c91df11 (kafka.server.ReplicaFetcherThread)
        java.io.IOException: Connection to 10
        01 was disconnected before the res
        ponse was read
        """;
    assertThat(Accusation.in(entry)).containsExactly(new Accusation(1001, NO_ANSWER));
  }

  @Test
  void aRefusedConnectionNamesItsTargetInBothGenerations() {
    assertThat(
            Accusation.in(
                "WARN [ReplicaFetcherThread-0-1003], Error in fetch kafka.server.X\n"
                    + "java.io.IOException: Connection to iota-n2:6667 (id: 1003 rack: null)"
                    + " failed"))
        .containsExactly(new Accusation(1003, REFUSED));
    assertThat(
            Accusation.in(
                "WARN [ReplicaFetcher replicaId=1002, leaderId=1003, fetcherId=0] Connection to"
                    + " node 1003 (iota-n2/10.0.0.3:6667) could not be established. Node may not be"
                    + " available. (org.apache.kafka.clients.NetworkClient)"))
        .containsExactly(new Accusation(1003, REFUSED));
    assertThat(
            Accusation.in(
                "WARN [Controller-1001-to-broker-1003-send-thread], Controller 1001's connection to"
                    + " broker iota-n2:6667 (id: 1003 rack: null) was unsuccessful (kafka.X)"))
        .containsExactly(new Accusation(1003, REFUSED));
  }

  @Test
  void aDarkHostIsToldByItsConnectTimeouts() {
    assertThat(
            Accusation.in(
                "WARN [ReplicaFetcherThread-0-1004], Error in fetch kafka.server.X\n"
                    + "java.net.SocketTimeoutException: Failed to connect within 30000 ms"))
        .containsExactly(new Accusation(1004, CONNECT_TIMEOUT));
    assertThat(
            Accusation.in(
                "INFO [ReplicaFetcher replicaId=1, leaderId=4, fetcherId=0] Disconnecting from node"
                    + " 4 due to socket connection setup timeout. The timeout value is 10403 ms."))
        .containsExactly(new Accusation(4, CONNECT_TIMEOUT));
  }

  @Test
  void aLeaderEjectsExactlyThoseThatLeaveTheIsr() {
    assertThat(
            Accusation.in(
                "INFO Partition [HeartBeat,4] on broker 1001: Shrinking ISR for partition"
                    + " [HeartBeat,4] from 1001,1002,1003 to 1001 (kafka.cluster.Partition)"))
        .containsExactly(new Accusation(1002, ISR_EJECTED), new Accusation(1003, ISR_EJECTED));
    assertThat(
            Accusation.in(
                "INFO [Partition HeartBeat-0 broker=2] Shrinking ISR from 2,3,1 to 2,3. Leader:"
                    + " (highWatermark: 10, endOffset: 12). Out of sync replicas: (brokerId: 1,"
                    + " endOffset: 10). (kafka.cluster.Partition)"))
        .containsExactly(new Accusation(1, ISR_EJECTED));
  }

  @Test
  void aControllerFencesOrDeletes() {
    assertThat(Accusation.in("INFO Fencing broker 3 because its session has timed out. (x)"))
        .containsExactly(new Accusation(3, FENCED));
    assertThat(
            Accusation.in("INFO Fencing broker 3 at epoch 77 because its session has timed out."))
        .containsExactly(new Accusation(3, FENCED));
    assertThat(
            Accusation.in(
                "INFO [BrokerChangeListener on Controller 1001]: Newly added brokers: , deleted"
                    + " brokers: 1002,1004, all live brokers: 1001,1003 (kafka.controller.X)"))
        .containsExactly(new Accusation(1002, FENCED), new Accusation(1004, FENCED));
  }

  @Test
  void benignLinesAccuseNobody() {
    assertThat(
            Accusation.in(
                "INFO [BrokerChangeListener on Controller 1001]: Newly added brokers: 1002, deleted"
                    + " brokers: , all live brokers: 1001,1002 (kafka.controller.X)"))
        .isEmpty();
    assertThat(
            Accusation.in(
                "WARN [ReplicaFetcher replicaId=1, leaderId=2, fetcherId=0] Error in response\n"
                    + "java.io.IOException: Client was shutdown before response was read"))
        .isEmpty();
    assertThat(
            Accusation.in(
                "INFO Partition [HeartBeat,3] on broker 1001: Expanding ISR for partition"
                    + " [HeartBeat,3] from 1001,1003 to 1001,1003,1002 (kafka.cluster.Partition)"))
        .isEmpty();
    assertThat(Accusation.in("INFO [x] Node 1 disconnected. (org.apache.kafka.clients.X)"))
        .isEmpty();
  }
}
