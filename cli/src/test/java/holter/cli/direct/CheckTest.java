package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.channel.Sickness;
import holter.cli.Exit;
import holter.cli.direct.Finding.Result;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CheckTest {
  private static final List<BrokerNode> BROKERS =
      List.of(
          new BrokerNode(1001, "iota-n2", 6667),
          new BrokerNode(1002, "iota-m2", 6667),
          new BrokerNode(1003, "iota-n1", 6667));
  private static final ClusterMap MAP =
      map(
          new PartitionMap(0, 1001, 3, List.of(1001, 1002), List.of(1001, 1002)),
          new PartitionMap(1, 1002, 3, List.of(1002, 1003), List.of(1002, 1003)));

  @Test
  void aHealthyClusterIsQuietAndExitsZeroAlthoughSomeSourcesWereNotGiven() {
    List<Area> areas = areas(MAP, healthy());
    assertThat(Check.exitOf(areas, healthy())).isEqualTo(Exit.OK);
    assertThat(area(areas, "logs").result()).isEqualTo(Result.UNKNOWN);
    assertThat(area(areas, "logs").summary()).contains("nobody said").contains("--logs");
  }

  @Test
  void aBrokerThatConnectsAndStaysSilentIsAFinding() {
    List<Observation> seen = healthy();
    seen.add(
        observed(
            Source.BROKER_REACH,
            new Fact.BrokerReach(1003, "iota-n1:6667", Reach.SILENT, 0.4, -1)));
    List<Area> areas = areas(MAP, seen);
    assertThat(Check.exitOf(areas, seen)).isEqualTo(Exit.FINDINGS);
    assertThat(messages(area(areas, "brokers"), Result.FAIL))
        .singleElement()
        .asString()
        .contains("1003 (iota-n1:6667)")
        .contains("does not answer");
  }

  @Test
  void whenNoPathCouldBeJudgedItCannotTellAndSaysWhenThatWasDenied() {
    List<Observation> seen = healthy();
    seen.removeIf(o -> o.source() == Source.LANES);
    assertThat(Check.exitOf(areas(MAP, seen), seen)).isEqualTo(Exit.CANNOT_TELL);
    seen.add(
        path(
            0,
            new PathState.Unknown(Sentence.of(UnaskedWords.DENIED, "TOPIC_AUTHORIZATION_FAILED"))));
    List<Area> areas = areas(MAP, seen);
    assertThat(Check.exitOf(areas, seen)).isEqualTo(Exit.DENIED);
    assertThat(messages(area(areas, "path"), Result.UNKNOWN))
        .singleElement()
        .asString()
        .contains("no right to read");
  }

  @Test
  void aSickPathNamesItsPartitionAndLeader() {
    List<Observation> seen = healthy();
    seen.add(path(1, new PathState.Sick(Sickness.HANG, 5, 1002)));
    assertThat(messages(area(areas(MAP, seen), "path"), Result.FAIL))
        .singleElement()
        .asString()
        .contains("partition 1")
        .contains("1002 (iota-m2:6667)");
  }

  @Test
  void aMissingLeaderFailsAndAShortIsrOnlyWarns() {
    ClusterMap hurt =
        map(
            new PartitionMap(0, -1, 3, List.of(1001), List.of()),
            new PartitionMap(1, 1002, 3, List.of(1002, 1003), List.of(1002)));
    Area partitions = area(areas(hurt, healthy()), "partitions");
    assertThat(messages(partitions, Result.FAIL))
        .singleElement()
        .asString()
        .contains("partition 0");
    assertThat(messages(partitions, Result.WARN)).singleElement().asString().contains("1003");
  }

  @Test
  void oneAccuserIsAWarningAndTwoAreAFinding() {
    List<Observation> one = healthy();
    one.add(complaint(1002, 1001));
    assertThat(area(areas(MAP, one), "logs").result()).isEqualTo(Result.WARN);
    one.add(complaint(1003, 1001));
    Area logs = area(areas(MAP, one), "logs");
    assertThat(logs.result()).isEqualTo(Result.FAIL);
    assertThat(messages(logs, Result.FAIL)).singleElement().asString().startsWith("1002, 1003");
  }

  @Test
  void aSourceOfWhichNoWordCameIsNotKnown() {
    List<Observation> seen = healthy();
    seen.removeIf(o -> o.source() == Source.ZOOKEEPER);
    Area zookeeper = area(areas(MAP, seen), "zookeeper");
    assertThat(zookeeper.result()).isEqualTo(Result.UNKNOWN);
    assertThat(zookeeper.summary()).contains("no word");
  }

  @Test
  void brokersThatDisagreeOnALeaderAreNamed() {
    List<Observation> seen = healthy();
    ClusterMap other =
        map(
            new PartitionMap(0, 1002, 3, List.of(1001, 1002), List.of(1002)),
            new PartitionMap(1, 1002, 3, List.of(1002, 1003), List.of(1002, 1003)));
    seen.add(new Observation(Source.METADATA, "1002", 5, new Fact.Metadata(other)));
    assertThat(messages(area(areas(MAP, seen), "kafka"), Result.WARN))
        .singleElement()
        .asString()
        .contains("disagree")
        .contains("partitions 0");
  }

  @Test
  void aFullLinkFailsALoudHostWarnsAndAnUnknownLinkIsNeitherFullNorFine() {
    assertThat(hosts(load("iota-n2", 115e6, 125e6), load("iota-m2", 1e6, 125e6)).result())
        .isEqualTo(Result.FAIL);
    assertThat(
            hosts(
                    load("iota-n2", 50e6, Double.NaN),
                    load("iota-m2", 1e6, Double.NaN),
                    load("iota-n1", 2e6, Double.NaN))
                .result())
        .isEqualTo(Result.WARN);
    assertThat(hosts(load("iota-n2", Double.NaN, Double.NaN)).count(Result.FAIL)).isZero();
  }

  @Test
  void everythingIsSaidInChineseToo() {
    List<Area> areas = new Checks(MAP, healthy(), List.of(), true).areas();
    assertThat(areas).allMatch(a -> a.summary().codePoints().anyMatch(c -> c > 0x4E00));
  }

  private static Area hosts(Fact.HostLoad... loads) {
    List<Observation> seen =
        Stream.of(loads).map(load -> observed(Source.HOST_METRICS, load)).toList();
    return new HostCheck(seen, new Speech(MAP, false)).area();
  }

  private static Fact.HostLoad load(String host, double bytesPerS, double linkBytesPerS) {
    return new Fact.HostLoad(host, bytesPerS, bytesPerS, linkBytesPerS, 0.2, 0.1, 0.5, 3);
  }

  private static List<Observation> healthy() {
    List<Observation> seen = new ArrayList<>();
    seen.add(new Observation(Source.METADATA, "1001", 5, new Fact.Metadata(MAP)));
    seen.add(
        observed(
            Source.BROKER_REACH,
            new Fact.BrokerReach(1001, "iota-n2:6667", Reach.ANSWERED, 0.4, 1.1)));
    seen.add(path(0, new PathState.Healthy(1)));
    for (Source source : List.of(Source.ZOOKEEPER, Source.BROKER_LOGS, Source.HOST_METRICS)) {
      seen.add(
          observed(
              source,
              new Fact.Unasked(Sentence.quote("it"), Sentence.of(UnaskedWords.NOT_CONFIGURED))));
    }
    return seen;
  }

  private static Observation complaint(int from, int about) {
    return observed(
        Source.BROKER_LOGS,
        new Fact.Complaint(from, about, ComplaintKind.NO_ANSWER, 3, 1, 2, "was disconnected"));
  }

  private static Observation path(int partition, PathState state) {
    int leader = MAP.partition(partition).orElseThrow().leaderId();
    return observed(Source.LANES, new Fact.PathSeen(partition, leader, state));
  }

  private static Observation observed(Source source, Fact fact) {
    return new Observation(source, "test", 5, fact);
  }

  private static ClusterMap map(PartitionMap... partitions) {
    return new ClusterMap("HeartBeat", BROKERS, List.of(partitions), 5, "kafka:1001");
  }

  private static List<Area> areas(ClusterMap map, List<Observation> seen) {
    return new Checks(map, seen, List.of(), false).areas();
  }

  private static Area area(List<Area> areas, String name) {
    return areas.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> messages(Area area, Result result) {
    return area.findings().stream()
        .filter(f -> f.result() == result)
        .map(Finding::message)
        .toList();
  }
}
