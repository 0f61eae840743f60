package holter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.words.Sentence;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A host so full that its metrics come late, and brokers accused by a starved machine. */
class FullHostTest {
  private static final long LATE_MS = Evidence.ONSET_MS + 8_000;

  /** What is known three seconds in: the host of 1001 has not told its metrics. */
  private static Evidence unanswered() {
    return new Evidence()
        .map()
        .incidentPaths()
        .othersAnswer()
        .reach(1001, Reach.SILENT, -1)
        .calmPeers()
        .registered(1001)
        .add(
            Source.HOST_METRICS,
            "iota-n2",
            new Fact.Unasked(
                Sentence.of(UnaskedWords.HOST, "iota-n2"), Sentence.quote("no answer")));
  }

  private static Evidence late(Evidence evidence, double bytesPerS) {
    var load =
        new Fact.HostLoad("iota-n2", bytesPerS, bytesPerS, 12_500_000, 0.4, 0.2, 0.5, 17_000);
    return evidence.add(Source.HOST_METRICS, "iota-n2", LATE_MS, load);
  }

  private static Diagnosis.Found first(Diagnosis diagnosis) {
    return diagnosis.first().orElseThrow(() -> new AssertionError("nothing found"));
  }

  private static List<CauseCode> codes(Diagnosis diagnosis) {
    return diagnosis.found().stream().map(Diagnosis.Found::code).toList();
  }

  @Test
  void aHostThatDoesNotTellItsMetricsWhileItsPeersDoIsLikelyFull() {
    var found = first(unanswered().diagnose());
    assertThat(found.code()).isEqualTo(CauseCode.F04);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void itsLateAnswerConfirmsIt() {
    var found = first(late(unanswered(), 12_000_000).diagnose());
    assertThat(found.code()).isEqualTo(CauseCode.F04);
    assertThat(found.confidence()).isEqualTo(Confidence.CONFIRMED);
    assertThat(found.speaksFor())
        .extracting(c -> c.claim().phrase())
        .contains(CauseWords.NIC_FULL, CauseWords.SCRAPE_SLOW);
  }

  @Test
  void aLateAnswerWhoseMeanReachesBackBeforeTheOnsetDoesNotClearTheHost() {
    var diagnosis = late(unanswered(), 3_000_000).diagnose();
    assertThat(codes(diagnosis)).containsExactly(CauseCode.F04);
    assertThat(diagnosis.ruledOut())
        .extracting(Diagnosis.RuledOut::code)
        .doesNotContain(CauseCode.F04);
  }

  @Test
  void anUnansweredKnockSuspectsNoBrokerWhoseOwnPathIsHealthy() {
    var diagnosis =
        new Evidence()
            .map()
            .path(1, 1003, new PathState.Healthy(0), Evidence.NOW_MS)
            .reach(1003, Reach.SILENT, -1)
            .calmPeers()
            .load("iota-m2", 250_000, 14)
            .diagnose();
    assertThat(diagnosis.found()).isEmpty();
    assertThat(diagnosis.wouldSettle()).isEmpty();
  }

  @Test
  void aBrokerWithAHealthyPathOfItsOwnIsNotFrozenWhateverElseAccusesIt() {
    var diagnosis =
        new Evidence()
            .map()
            .path(4, 1001, new PathState.Healthy(0), Evidence.NOW_MS)
            .sick(2, 1004, Sickness.ISR, 1001)
            .sick(3, 1005, Sickness.ISR, 1001)
            .reach(1001, Reach.SILENT, -1)
            .calmPeers()
            .load("iota-n2", 250_000, 14)
            .diagnose();
    assertThat(codes(diagnosis)).doesNotContain(CauseCode.F02);
    assertThat(diagnosis.ruledOut())
        .filteredOn(out -> out.code() == CauseCode.F02)
        .flatExtracting(Diagnosis.RuledOut::by)
        .extracting(c -> c.claim().english())
        .contains("partition 4 is healthy, and broker 1001 leads it: the broker works");
  }

  @Test
  void aKnockAfterTheLastProofOfThePathCounts() {
    var diagnosis =
        new Evidence()
            .map()
            .path(4, 1001, new PathState.Healthy(0), Evidence.NOW_MS - 3_000)
            .reach(1001, Reach.SILENT, -1)
            .calmPeers()
            .load("iota-n2", 250_000, 14)
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(CauseCode.F02);
  }

  @Test
  void complaintsThatEndedBeforeThePathsFellSickAreNotHeld() {
    long startUp = Evidence.ONSET_MS - 60_000;
    var diagnosis =
        new Evidence()
            .map()
            .sick(4, 1001, Sickness.HANG, 1001)
            .healthy(0, 1, 2, 3)
            .complaint(1002, 1001, ComplaintKind.REFUSED, startUp - 5_000, startUp)
            .complaint(1003, 1001, ComplaintKind.REFUSED, startUp - 5_000, startUp)
            .diagnose();
    assertThat(diagnosis.found()).isEmpty();
  }

  @Test
  void noSentenceNamesAnUnknownBrokerOrHost() {
    var nowhere =
        new Evidence()
            .sick(2, 1004, Sickness.ISR, -1)
            .healthy(0, 1)
            .add(Source.BROKER_REACH, "1001", new Fact.BrokerReach(1001, "", Reach.SLOW, 1, 1_900))
            .complaint(1001, 1002, ComplaintKind.ISR_EJECTED)
            .complaint(1001, 1003, ComplaintKind.ISR_EJECTED)
            .diagnose();
    assertThat(codes(nowhere)).containsExactly(CauseCode.F04);
    assertThat(sentences(nowhere))
        .isNotEmpty()
        .noneMatch(s -> s.contains("-1") || s.contains("  ") || s.contains("host :"));
  }

  private static List<String> sentences(Diagnosis diagnosis) {
    var claims =
        Stream.concat(
            diagnosis.found().stream()
                .flatMap(f -> Stream.concat(f.speaksFor().stream(), f.speaksAgainst().stream())),
            diagnosis.ruledOut().stream().flatMap(r -> r.by().stream()));
    var remedies = diagnosis.found().stream().flatMap(f -> f.remedies().stream());
    return Stream.of(claims.map(Diagnosis.Cited::claim), remedies, diagnosis.wouldSettle().stream())
        .flatMap(s -> s)
        .map(Sentence::english)
        .toList();
  }

  @Test
  void whoIsSilentNowHasNotJustWokenUpThoughItComplainedOfAllAtOnce() {
    long at = Evidence.NOW_MS - 16_000;
    var full =
        new Evidence()
            .map()
            .sick(4, 1001, Sickness.HANG, 1001)
            .healthy(0, 1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.SILENT, -1)
            .calmPeers()
            .unasked(Source.HOST_METRICS, "host iota-n2", "no answer in time")
            .complaint(1001, 1002, ComplaintKind.NO_ANSWER, at, at)
            .complaint(1001, 1003, ComplaintKind.NO_ANSWER, at + 900, at + 900)
            .registered(1001)
            .log(1001, at + 900, 7_554);
    Told.not(full, CauseCode.F02);
  }
}
