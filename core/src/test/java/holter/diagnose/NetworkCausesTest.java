package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.ONSET_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.detect.ProbeOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** F22 by a client's log, F23 to F27: every process is well, and what lies between is not. */
class NetworkCausesTest {
  private static final String HOST = "iota-n2";

  /** The link between 1001 and 1002 swallows everything; everyone else reaches both. */
  private static Evidence cut() {
    var evidence =
        new Evidence()
            .map()
            .sick(0, 1002, Sickness.ISR, 1001)
            .healthy(1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.ANSWERED, 2)
            .registered(1001)
            .registered(1002)
            .complaint(1001, 1002, ComplaintKind.CONNECT_TIMEOUT)
            .complaint(1002, 1001, ComplaintKind.CONNECT_TIMEOUT);
    for (int b = 1001; b <= 1006; b++) {
      evidence.log(b, NOW_MS - 2_000, 0);
    }
    return evidence;
  }

  @Test
  void twoBrokersThatAccuseEachOtherAloneHaveACutLink() {
    var split = cut().canary(1001, 1, 4, "").canary(1001, -1, -1, "REQUEST_TIMED_OUT");
    var found = Told.confirmed(split, CauseCode.F23, 1001, HOST);
    assertThat(found.subject().name(What.PEER)).contains("1002");
    assertThat(found.speaksFor())
        .extracting(c -> c.claim().phrase())
        .contains(CauseWords.MUTUAL, CauseWords.THIRD_SILENT, CauseWords.CANARY_SPLIT);
    Told.not(split, CauseCode.F04, CauseCode.F02, CauseCode.F03, CauseCode.F24);
    assertThat(Told.remedies(found)).anyMatch(r -> r.contains("restart neither"));
  }

  @Test
  void theFarEndThatIsFencedForTheCutLinkIsNoSecondCause() {
    var fenced =
        cut()
            .canary(1001, 1, 4, "")
            .canary(1001, -1, -1, "REQUEST_TIMED_OUT")
            .gone(1002)
            .says(1002, LogSign.HEARTBEAT_TO_CONTROLLER_LATE, "", 9);
    assertThat(Told.codes(fenced.diagnose())).containsExactly(CauseCode.F23);
  }

  @Test
  void aThirdAccuserMakesItTheBrokerNotTheLink() {
    Told.not(cut().complaint(1003, 1001, ComplaintKind.NO_ANSWER), CauseCode.F23);
  }

  @Test
  void aFullHostThatEjectsItsFollowersHasNoCutLink() {
    var full =
        new Evidence()
            .map()
            .incidentPaths()
            .othersAnswer()
            .reach(1001, Reach.SLOW, 1_400)
            .calmPeers()
            .load(HOST, 12_000_000, 1_900)
            .complaint(1002, 1001, ComplaintKind.NO_ANSWER)
            .complaint(1001, 1002, ComplaintKind.ISR_EJECTED);
    assertThat(Told.codes(full.diagnose())).containsExactly(CauseCode.F04);
  }

  @Test
  void recordsThatArriveWithoutAnAnswerToTheirSenderGoOneWay() {
    var oneWay =
        new Evidence()
            .map()
            .incidentPaths()
            .othersAnswer()
            .reach(1001, Reach.SILENT, -1)
            .calmPeers()
            .pressed(HOST, 0.3, 0.2, 0.5)
            .measured(Metric.UNACKED_SEEN, "1001", 12)
            .says(1001, LogSign.ANSWER_WITHOUT_CONNECTION, "", 9)
            .log(1001, ONSET_MS + 15_000, 0);
    Told.confirmed(oneWay, CauseCode.F24, 1001, HOST);
    Told.not(oneWay, CauseCode.F02, CauseCode.F04, CauseCode.F13);
  }

  @Test
  void aNameUnknownHereAndKnownElsewhereIsTheNameServersDoing() {
    var unknown =
        new Evidence()
            .map()
            .othersAnswer()
            .reach(1001, Reach.UNRESOLVED, -1)
            .from("edge-3", 1001, Reach.ANSWERED)
            .registered(1001);
    Told.confirmed(unknown, CauseCode.F25, 1001, HOST);
    Told.not(unknown, CauseCode.F26, CauseCode.F01, CauseCode.F03);
  }

  private static Evidence advertised(String host, Reach reach) {
    Map<Integer, String> hosts = new TreeMap<>(Evidence.HOSTS);
    hosts.put(1001, host);
    return new Evidence(hosts)
        .topic(
            "HeartBeat",
            "kafka:1002",
            partition(3, 1005, List.of(1005, 1001), 1005, 1001),
            partition(4, 1001, List.of(1001, 1002), 1001))
        .othersAnswer()
        .reach(1001, reach, -1)
        .calmBut(host)
        .unasked(Source.HOST_METRICS, "host " + host, "no answer in time")
        .complaint(1002, 1001, ComplaintKind.CONNECT_TIMEOUT)
        .complaint(1003, 1001, ComplaintKind.CONNECT_TIMEOUT)
        .add(
            Source.BROKER_REACH,
            "iota-n2:6667",
            new Fact.BrokerReach(-1, "iota-n2:6667", Reach.ANSWERED, 1, 2));
  }

  @Test
  void aBrokerThatAdvertisesWhereNobodyIsIsNotDead() {
    var wrong = advertised("10.255.0.1", Reach.DARK);
    Told.confirmed(wrong, CauseCode.F26, 1001, "10.255.0.1");
    Told.not(wrong, CauseCode.F01, CauseCode.F03, CauseCode.F04, CauseCode.F25);
  }

  @Test
  void aBrokerThatAdvertisesEveryMachinesOwnAddressIsNotDeadEither() {
    var wrong = advertised("127.0.0.1", Reach.REFUSED);
    Told.confirmed(wrong, CauseCode.F26, 1001, "127.0.0.1");
    Told.not(wrong, CauseCode.F01);
  }

  @Test
  void aDeadBrokerAmongNamesLikeItsOwnHasNoWrongAddress() {
    var dead =
        new Evidence()
            .map()
            .sick(4, 1001, Sickness.REFUSED, 1001)
            .healthy(0, 1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.REFUSED, -1)
            .complaint(1002, 1001, ComplaintKind.REFUSED)
            .complaint(1003, 1001, ComplaintKind.REFUSED);
    assertThat(Told.codes(dead.diagnose())).containsExactly(CauseCode.F01);
  }

  /** Dark where it says it is, for its clients too, and in every ISR; of names like any other. */
  private static Evidence darkAndInSync(long clientsMissItMs) {
    var e =
        new Evidence()
            .topic(
                "HeartBeat",
                "kafka:1002",
                partition(3, 1005, List.of(1005, 1001), 1005, 1001),
                partition(4, 1001, List.of(1001, 1002), 1001, 1002))
            .path(
                4,
                1001,
                new PathState.Sick(Sickness.HANG, Evidence.NOW_MS - 2_000, 1001),
                Evidence.NOW_MS - 1_000)
            .healthy(0, 1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.DARK, -1)
            .calmPeers()
            .unasked(Source.HOST_METRICS, "host " + HOST, "no answer in time")
            .called("DescribeQuorum", "1002", "")
            .set(ClusterFact.Scope.BROKER, "1002", "broker.session.timeout.ms", "9000")
            .log(1002, Evidence.NOW_MS - 1_000, 0)
            .log(1005, Evidence.NOW_MS - 1_000, 0);
    return e.clientSays("dacs", LogSign.NODE_UNREACHABLE, 1001, "", 2, clientsMissItMs - 10_000);
  }

  @Test
  void aBrokerInSyncForLongerThanItsSessionIsNotWhereItSaysItIs() {
    var wrong = darkAndInSync(16_000);
    var found = wrong.diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F26);
    assertThat(found.probability()).isGreaterThan(0.7);
    Told.not(wrong, CauseCode.F03, CauseCode.F01, CauseCode.F04);
    Told.not(darkAndInSync(12_000), CauseCode.F26);
  }

  private static Evidence idle(int broker) {
    return new Evidence()
        .map()
        .healthy(0, 1, 2, 3, 4)
        .clientSays("dac-7", LogSign.IDLE_DISCONNECTED, broker, "", 4, 900_000)
        .clientSays("dac-7", LogSign.IDLE_DISCONNECTED, 1003, "", 4, 900_000);
  }

  @Test
  void idleConnectionsToAnyBrokerAreCutOnTheWay() {
    var cut = idle(1001).clientSays("dac-7", LogSign.NETWORK_EXCEPTION, 1001, "HeartBeat-4", 3, 0);
    assertThat(Told.confirmed(cut, CauseCode.F27).subject().name(What.CLIENT)).contains("dac-7");
    Told.nothing(idle(1003));
  }

  private static Evidence failing(String client) {
    return new Evidence()
        .map()
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, 2)
        .clientSays(client, LogSign.REQUEST_TIMED_OUT, 1001, "HeartBeat-4", 9, 60_000)
        .clientSays(client, LogSign.NETWORK_EXCEPTION, 1002, "HeartBeat-0", 9, 60_000)
        .clientSays(client, LogSign.NETWORK_EXCEPTION, 1003, "HeartBeat-1", 9, 60_000);
  }

  @Test
  void oneClientThatFailsWithBrokersThatAreWellHasItsOwnNetworkSick() {
    var found = Told.confirmed(failing("dac-7"), CauseCode.F22);
    assertThat(found.subject().brokerId()).isEqualTo(-1);
    assertThat(found.subject().name(What.CLIENT)).contains("dac-7");
    var both = failing("dac-7");
    both.all.addAll(failing("dac-8").all);
    Told.nothing(both);
  }

  @Test
  void theOtherVantageAloneIsSlow() {
    var slow =
        new Evidence().map().healthy(0, 1, 2, 3).othersAnswer().reach(1001, Reach.ANSWERED, 2);
    for (int b = 1001; b <= 1006; b++) {
      slow.from("edge-3", b, Reach.SLOW);
    }
    assertThat(Told.confirmed(slow, CauseCode.F22).subject().host()).isEqualTo("edge-3");
    assertThat(Told.confirmed(slow.from("edge-4", 1001, Reach.ANSWERED), CauseCode.F22).speaksFor())
        .extracting(c -> c.claim().phrase())
        .contains(CauseWords.ANSWERS_ELSEWHERE);
  }

  @Test
  void aNameThatOnlyAClientCannotResolveIsToldOfThatClient() {
    var unknown = new Evidence();
    unknown.healthy(0, 1, 2).othersAnswer();
    unknown.clientSays("orders", LogSign.NAME_UNRESOLVED, -1, "", 8, 20_000);
    var found = unknown.diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F25);
    assertThat(found.subject().name(What.CLIENT)).contains("orders");
  }

  @Test
  void whereOnePathStillAcknowledgesOurOwnNetworkIsWellThoughAllAreSick() {
    var all =
        new Evidence()
            .map()
            .sick(0, 1002, Sickness.SLOW, 1002)
            .sick(2, 1004, Sickness.ISR, 1001)
            .sick(4, 1001, Sickness.HANG, 1001)
            .probed("dac-01", new ProbeOutcome.Answered(3, 41, 90, 7, 120));
    Told.not(all, CauseCode.F22);
  }

  @Test
  void aLeaderThatAcknowledgesIsNeitherFrozenNorCutOffThoughItsDoorIsSilentForOnce() {
    var silent =
        new Evidence()
            .map()
            .incidentPaths()
            .reach(1004, Reach.SILENT, -1)
            .calmPeers()
            .pressed("iota-n1", 0.3, 0.2, 0.5)
            .measured(Metric.UNACKED_SEEN, "1004", 2)
            .log(1004, ONSET_MS - 60_000, 54_000);
    Told.not(silent, CauseCode.F02, CauseCode.F24);
  }
}
