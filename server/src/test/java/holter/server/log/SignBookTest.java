package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignBookTest {
  private final SignBook client = new SignBook("dac-7", -1, Wording.Origin.CLIENT);
  private final SignBook broker = new SignBook("7", 7, Wording.Origin.BROKER);

  @Test
  void anEndAfterMoreThanNineMinutesOfIdlenessIsInOrder() {
    say(client, 0, "INFO [Producer clientId=p] Node 1001 disconnected.");
    say(client, SignBook.IDLE_MS, "INFO [Producer clientId=p] Node 1001 disconnected.");
    assertThat(client.facts()).isEmpty();
  }

  @Test
  void anEndBeforeAnyoneMayEndAnIdleConnectionIsACut() {
    for (long at = 0; at <= 180_000; at += 60_000) {
      say(client, at, "INFO [Producer clientId=p] Node 1001 disconnected.");
    }
    assertThat(client.facts())
        .singleElement()
        .satisfies(
            fact -> {
              assertThat(fact.sign()).isEqualTo(LogSign.IDLE_DISCONNECTED);
              assertThat(fact.brokerId()).isEqualTo(1001);
              assertThat(fact.count()).isEqualTo(3);
            });
  }

  @Test
  void oneEndAfterAnotherAtOnceIsADoorThatShuts() {
    for (long at = 0; at <= 3000; at += 1000) {
      say(client, at, "INFO [Producer clientId=p] Node 1001 disconnected.");
    }
    assertThat(client.facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.sign()).isEqualTo(LogSign.NODE_DISCONNECTED));
  }

  @Test
  void whatWasNeverConnectedWasNotDisconnected() {
    for (long at = 0; at <= 60_000; at += 1000) {
      say(client, at, "INFO [Producer clientId=p] Node 1001 disconnected.");
      say(
          client,
          at + 1,
          "WARN [Producer clientId=p] Connection to node 1001 (h/10.0.0.1:9092) could not be"
              + " established. Node may not be available.");
    }
    assertThat(client.facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.sign()).isEqualTo(LogSign.NODE_UNREACHABLE));
  }

  @Test
  void aReplicaThatFailedForAnOlderEpochOnlyFollowsALeader() {
    say(broker, 100, "INFO Partition HeartBeat-4 has an older epoch (3) than the current leader.");
    say(broker, 101, "WARN Partition HeartBeat-4 marked as failed");
    assertThat(broker.facts()).isEmpty();
    say(broker, 60_000, "WARN Partition HeartBeat-4 marked as failed");
    assertThat(broker.facts()).singleElement().extracting(Fact.Logged::count).isEqualTo(1);
  }

  @Test
  void theSameEntryInTwoFilesCountsOnce() {
    for (int file = 0; file < 2; file++) {
      say(broker, 100, "ERROR java.io.IOException: No space left on device");
      say(broker, 9000, "ERROR java.io.IOException: No space left on device");
    }
    assertThat(broker.facts())
        .singleElement()
        .satisfies(
            fact -> {
              assertThat(fact.count()).isEqualTo(2);
              assertThat(fact.firstWallMs()).isEqualTo(100);
              assertThat(fact.lastWallMs()).isEqualTo(9000);
            });
  }

  @Test
  void oneTimeoutThatIsToldInTwoWordingsCountsOnce() {
    say(client, 100, "INFO Disconnecting from node 1001 due to request timeout.");
    for (int at = 101; at < 104; at++) {
      say(
          client,
          at,
          "INFO Cancelled in-flight PRODUCE request with correlation id 5 due to node 1001 being"
              + " disconnected (elapsed time since creation: 30030ms, elapsed time since send:"
              + " 30028ms, throttle time: 0ms, request timeout: 30000ms)");
    }
    assertThat(client.facts())
        .singleElement()
        .satisfies(
            fact -> {
              assertThat(fact.sign()).isEqualTo(LogSign.REQUEST_TIMED_OUT);
              assertThat(fact.count()).isEqualTo(1);
            });
  }

  @Test
  void benignLinesAreNoSigns() {
    for (String line :
        List.of(
            "ERROR [ReplicaFetcherThread-0-1], Error for partition [T,1] to broker 1:"
                + "org.apache.kafka.common.errors.UnknownTopicOrPartitionException",
            "java.io.IOException: Client was shutdown before response was read",
            "INFO Fencing broker 1003 because its session has timed out.",
            "WARN No meta.properties file under dir /data/meta.properties",
            "INFO [ReplicaFetcher replicaId=7, leaderId=1, fetcherId=0] Node 1 disconnected.",
            "INFO Partition [T,1] on broker 7: Shrinking ISR for partition [T,1] from 7,1 to 7")) {
      say(broker, 100, line);
    }
    assertThat(broker.facts()).isEmpty();
  }

  @Test
  void ofManySubjectsTheRestIsCountedTogether() {
    for (int partition = 0; partition < 500; partition++) {
      say(broker, partition, "WARN Partition HeartBeat-" + partition + " marked as failed");
    }
    List<Fact.Logged> facts = broker.facts();
    assertThat(facts).hasSizeLessThan(30);
    assertThat(facts.stream().mapToInt(Fact.Logged::count).sum()).isEqualTo(500);
  }

  private static void say(SignBook book, long wallMs, String line) {
    var entry = new LogEntry(wallMs, line.getBytes(UTF_8));
    book.take(entry, Wordings.anchorsIn(entry));
  }
}
