package holter.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.diagnose.Observation;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Logs recorded from real brokers: 1002 was stopped for a while (45 s on 0.10.1.1, 12 s on 3.9.2
 * and 4.4.0) and continued, then 1003 was killed.
 */
final class GoldenLogsTest {
  private static final List<BrokerNode> BROKERS =
      Stream.of(1001, 1002, 1003).map(id -> new BrokerNode(id, "host-" + id, 9092)).toList();

  @Test
  void on0101TheKilledBrokerIsAccusedOfSilenceOnceAndThenOfRefusing() throws Exception {
    List<Fact.Complaint> of1003 = against("0.10.1.1", 1003);
    assertThat(of1003)
        .anySatisfy(c -> is(c, 1001, ComplaintKind.NO_ANSWER))
        .anySatisfy(c -> is(c, 1001, ComplaintKind.REFUSED))
        .anySatisfy(c -> is(c, 1002, ComplaintKind.REFUSED));
    assertThat(of1003)
        .filteredOn(c -> c.kind() == ComplaintKind.REFUSED)
        .allSatisfy(c -> assertThat(c.count()).isGreaterThan(3));
  }

  @Test
  void on0101TheStoppedBrokerIsEjectedByBothOthers() throws Exception {
    assertThat(against("0.10.1.1", 1002))
        .filteredOn(c -> c.kind() == ComplaintKind.ISR_EJECTED)
        .extracting(Fact.Complaint::complainer)
        .containsExactlyInAnyOrder(1001, 1003);
  }

  @Test
  void ejectionsOfABrokerThatWasDeposedWhileItSleptDoNotCount() throws Exception {
    // On waking it shrank its ISRs again and again, and ZooKeeper refused each time. What it
    // ejected
    // later, as a leader again, was the killed broker.
    long kill = Instant.parse("2026-11-22T14:19:51Z").toEpochMilli();
    assertThat(complaints(new BrokerLogs(new LogSource.Directory(dir("0.10.1.1")), () -> 0), ALL))
        .filteredOn(c -> c.complainer() == 1002 && c.kind() == ComplaintKind.ISR_EJECTED)
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.target()).isEqualTo(1003);
              assertThat(c.firstWallMs()).isGreaterThan(kill);
            });
  }

  @Test
  void aBrokerThatWakesAccusesAllOthersInOneSecond() throws Exception {
    List<Fact.Complaint> burst =
        facts("0.10.1.1").stream()
            .filter(Fact.Complaint.class::isInstance)
            .map(Fact.Complaint.class::cast)
            .filter(c -> c.complainer() == 1002 && c.kind() == ComplaintKind.NO_ANSWER)
            .toList();
    assertThat(burst).extracting(Fact.Complaint::target).containsExactlyInAnyOrder(1001, 1003);
    assertThat(burst.getFirst().firstWallMs())
        .isCloseTo(burst.getLast().firstWallMs(), org.assertj.core.data.Offset.offset(1000L));
  }

  @Test
  void theStoppedBrokersOwnLogHasTheGap() throws Exception {
    assertThat(facts("0.10.1.1"))
        .filteredOn(Fact.LogShape.class::isInstance)
        .map(Fact.LogShape.class::cast)
        .filteredOn(shape -> shape.brokerId() == 1002)
        .singleElement()
        .satisfies(shape -> assertThat(shape.gapMs()).isBetween(30_000L, 60_000L));
    assertThat(facts("0.10.1.1"))
        .filteredOn(Fact.Logged.class::isInstance)
        .map(Fact.Logged.class::cast)
        .filteredOn(said -> said.sign() == LogSign.STOOD_STILL && said.brokerId() == 1002)
        .anySatisfy(
            gap -> assertThat(gap.lastWallMs() - gap.firstWallMs()).isBetween(30_000L, 60_000L));
  }

  @Test
  void onKraftTheControllerFencesTheStoppedBroker() throws Exception {
    for (String version : List.of("3.9.2", "4.4.0")) {
      assertThat(against(version, 1002))
          .as(version)
          .anySatisfy(c -> is(c, 1001, ComplaintKind.FENCED));
    }
  }

  @Test
  void onKraftTheKilledBrokerIsAccusedOfRefusing() throws Exception {
    for (String version : List.of("3.9.2", "4.4.0")) {
      assertThat(against(version, 1003))
          .as(version)
          .anySatisfy(c -> assertThat(c.kind()).isEqualTo(ComplaintKind.REFUSED))
          .anySatisfy(c -> assertThat(c.kind()).isEqualTo(ComplaintKind.NO_ANSWER));
    }
  }

  @Test
  void oneEventThatIsToldInTwoLinesCountsOnce() throws Exception {
    // 3.9.2 tells a broken fetch twice, at INFO and at WARN, some milliseconds apart.
    assertThat(against("3.9.2", 1003))
        .filteredOn(c -> c.complainer() == 1002 && c.kind() == ComplaintKind.NO_ANSWER)
        .singleElement()
        .satisfies(c -> assertThat(c.count()).isEqualTo(1));
  }

  @Test
  void whatLiesOutsideTheWindowIsNotCounted() throws Exception {
    long kill = Instant.parse("2026-11-22T14:19:51Z").toEpochMilli();
    var window = new LogWindow(0, kill, ZoneOffset.UTC, Map.of());
    assertThat(
            complaints(new BrokerLogs(new LogSource.Directory(dir("0.10.1.1")), () -> 0), window))
        .noneMatch(c -> c.kind() == ComplaintKind.REFUSED);
  }

  @Test
  void aClockThatRunsAheadIsCorrected() throws Exception {
    var window = new LogWindow(0, Long.MAX_VALUE, ZoneOffset.UTC, Map.of(1001, 5000L));
    var logs = new BrokerLogs(new LogSource.Directory(dir("0.10.1.1")), () -> 0);
    long corrected = firstRefusal(complaints(logs, window));
    assertThat(corrected).isEqualTo(firstRefusal(complaints(logs, ALL)) - 5000);
  }

  private static final LogWindow ALL = new LogWindow(0, Long.MAX_VALUE, ZoneOffset.UTC, Map.of());

  private static long firstRefusal(List<Fact.Complaint> complaints) {
    return complaints.stream()
        .filter(c -> c.complainer() == 1001 && c.kind() == ComplaintKind.REFUSED)
        .mapToLong(Fact.Complaint::firstWallMs)
        .findFirst()
        .orElseThrow();
  }

  private static void is(Fact.Complaint complaint, int complainer, ComplaintKind kind) {
    assertThat(complaint.complainer()).isEqualTo(complainer);
    assertThat(complaint.kind()).isEqualTo(kind);
  }

  private static List<Fact.Complaint> against(String version, int target) throws Exception {
    return complaints(new BrokerLogs(new LogSource.Directory(dir(version)), () -> 0), ALL).stream()
        .filter(c -> c.target() == target)
        .toList();
  }

  private static List<Fact.Complaint> complaints(BrokerLogs logs, LogWindow window) {
    return logs.observe(BROKERS, window, Duration.ofSeconds(20)).stream()
        .map(Observation::fact)
        .filter(Fact.Complaint.class::isInstance)
        .map(Fact.Complaint.class::cast)
        .toList();
  }

  private static List<Fact> facts(String version) throws Exception {
    return new BrokerLogs(new LogSource.Directory(dir(version)), () -> 0)
        .observe(BROKERS, ALL, Duration.ofSeconds(20)).stream().map(Observation::fact).toList();
  }

  private static Path dir(String version) throws URISyntaxException {
    URL found = GoldenLogsTest.class.getResource("/holter/server/log/" + version);
    return Path.of(Objects.requireNonNull(found, version).toURI());
  }
}
