package holter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.Sickness;
import holter.detect.ProbeOutcome;
import holter.words.Sentence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The catalogue on the incident's cluster: the right cause, and each rival ruled out by name. */
class DiagnoserTest {
  private static final ProbeOutcome LIVES = new ProbeOutcome.Answered(3, 41, 90, 7, 120);
  private static final ProbeOutcome DEAF = new ProbeOutcome.TimedOut(false, false);

  private static Diagnosis.Found first(Diagnosis diagnosis) {
    return diagnosis.first().orElseThrow(() -> new AssertionError("nothing found"));
  }

  private static void assertFound(Diagnosis diagnosis, CauseCode code, Confidence confidence) {
    assertThat(first(diagnosis).code()).isEqualTo(code);
    assertThat(first(diagnosis).confidence()).isEqualTo(confidence);
  }

  private static List<CauseCode> ruledOut(Diagnosis diagnosis) {
    return diagnosis.ruledOut().stream().map(Diagnosis.RuledOut::code).toList();
  }

  /** 0.10 with ZooKeeper: the registration stays, peers time out, 1001 ejects its followers. */
  private static Evidence saturated() {
    return new Evidence()
        .map()
        .incidentPaths()
        .othersAnswer()
        .reach(1001, Reach.SLOW, 1_400)
        .calmPeers()
        .load("iota-n2", 12_000_000, 1_900)
        .registered(1001)
        .complaint(1002, 1001, ComplaintKind.NO_ANSWER)
        .complaint(1003, 1001, ComplaintKind.NO_ANSWER)
        .complaint(1001, 1002, ComplaintKind.ISR_EJECTED)
        .complaint(1001, 1003, ComplaintKind.ISR_EJECTED);
  }

  @Test
  void theIncidentIsASaturatedHost() {
    var diagnosis = saturated().diagnose();
    assertFound(diagnosis, CauseCode.F04, Confidence.CONFIRMED);
    assertThat(first(diagnosis).subject())
        .isEqualTo(new Subject(List.of(2, 3, 4), 1001, "iota-n2", List.of()));
    assertThat(ruledOut(diagnosis))
        .contains(CauseCode.F01, CauseCode.F02, CauseCode.F03, CauseCode.F07, CauseCode.F16)
        .contains(CauseCode.F22)
        .doesNotContain(CauseCode.F04);
    assertThat(diagnosis.ruledOut()).allMatch(r -> !r.by().isEmpty());
  }

  @Test
  void aSaturatedHostThatAnswersNothingIsToldByItsNetwork() {
    var diagnosis =
        new Evidence()
            .map()
            .incidentPaths()
            .othersAnswer()
            .reach(1001, Reach.SILENT, -1)
            .calmPeers()
            .load("iota-n2", 11_500_000, 2_400)
            .diagnose();
    assertFound(diagnosis, CauseCode.F04, Confidence.CONFIRMED);
    assertThat(ruledOut(diagnosis)).contains(CauseCode.F02);
  }

  @Test
  void aLoadFromBeforeTheOnsetDoesNotClearTheHost() {
    var evidence = saturated();
    evidence.all.removeIf(o -> o.fact() instanceof Fact.HostLoad l && l.host().equals("iota-n2"));
    var old = new Fact.HostLoad("iota-n2", 2e5, 2e5, 12_500_000, 0.4, 0.2, 0.5, 12);
    evidence.add(Source.HOST_METRICS, "iota-n2", Evidence.ONSET_MS - 2_000, old);
    evidence.unasked(Source.HOST_METRICS, "host iota-n2", "no answer in time");
    var diagnosis = evidence.diagnose();
    assertThat(first(diagnosis).code()).isEqualTo(CauseCode.F04);
    assertThat(ruledOut(diagnosis)).doesNotContain(CauseCode.F04);
  }

  @Test
  void neverRestartTheOnlyInSyncReplica() {
    var evidence = saturated();
    evidence.map(List.of(1001), 1001, 1002, 1003, 1004, 1005, 1006);
    var remedies = first(evidence.diagnose()).remedies().stream().map(Sentence::phrase).toList();
    assertThat(remedies).contains(RemedyWords.ISR_ALONE, RemedyWords.RELIEVE_HOST);
    assertThat(remedies).doesNotContain(RemedyWords.MOVE_LEADERS, RemedyWords.START_BROKER);
  }

  @Test
  void aFrozenBrokerIsToldByItsCalmHost() {
    var diagnosis =
        new Evidence()
            .map()
            .incidentPaths()
            .othersAnswer()
            .reach(1001, Reach.SILENT, -1)
            .calmPeers()
            .load("iota-n2", 250_000, 14)
            .log(1001, Evidence.ONSET_MS - 1_000, 0)
            .diagnose();
    assertFound(diagnosis, CauseCode.F02, Confidence.CONFIRMED);
    assertThat(ruledOut(diagnosis)).contains(CauseCode.F01, CauseCode.F04, CauseCode.F22);
  }

  @Test
  void aFencedFrozenBrokerIsStillFrozenAfterItsLeadersMoved() {
    var diagnosis =
        new Evidence()
            .map(List.of(1002, 1003), 1002, 1003, 1004, 1005, 1006)
            .healthy(0, 1, 2, 3, 4)
            .othersAnswer()
            .reach(1001, Reach.SILENT, -1)
            .calmPeers()
            .load("iota-n2", 250_000, 14)
            .gone(1001)
            .diagnose();
    assertFound(diagnosis, CauseCode.F02, Confidence.CONFIRMED);
  }

  @Test
  void aBrokerThatGoesOnLoggingIsNotFrozen() {
    var diagnosis =
        new Evidence()
            .map()
            .incidentPaths()
            .othersAnswer()
            .reach(1001, Reach.SILENT, -1)
            .log(1001, Evidence.ONSET_MS + 15_000, 0)
            .diagnose();
    assertThat(diagnosis.found()).noneMatch(f -> f.code() == CauseCode.F02);
  }

  @Test
  void aDeadBrokerRefuses() {
    var diagnosis =
        new Evidence()
            .map(List.of(1002, 1003), 1002, 1003, 1004, 1005, 1006)
            .sick(4, 1001, Sickness.REFUSED, 1001)
            .healthy(0, 1, 2, 3)
            .othersAnswer()
            .reach(1001, Reach.REFUSED, -1)
            .gone(1001)
            .complaint(1002, 1001, ComplaintKind.REFUSED)
            .complaint(1003, 1001, ComplaintKind.REFUSED)
            .diagnose();
    assertFound(diagnosis, CauseCode.F01, Confidence.CONFIRMED);
    assertThat(ruledOut(diagnosis)).contains(CauseCode.F02, CauseCode.F04, CauseCode.F22);
    assertThat(first(diagnosis).subject().host()).isEqualTo("iota-n2");
  }

  @Test
  void silentWorkersOnOneHostBesideHealthyPathsAreTheClientsNetwork() {
    var diagnosis =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3, 4)
            .othersAnswer()
            .reach(1001, Reach.ANSWERED, 2)
            .silence(List.of("dac-01", "dac-07"), 28, Map.of("edge-3", 2))
            .probed("dac-01", DEAF)
            .log(1001, Evidence.NOW_MS - 90_000, 0)
            .log(1002, Evidence.NOW_MS - 80_000, 0)
            .diagnose();
    assertFound(diagnosis, CauseCode.F22, Confidence.CONFIRMED);
    assertThat(first(diagnosis).subject().host()).isEqualTo("edge-3");
    assertThat(first(diagnosis).subject().instances()).containsExactly("dac-01", "dac-07");
  }

  @Test
  void whenOnlyWeReachNothingTheSickHostIsOurs() {
    var diagnosis =
        new Evidence()
            .map()
            .sick(0, 1002, Sickness.HANG, 1002)
            .sick(4, 1001, Sickness.HANG, 1001)
            .probed("dac-01", LIVES)
            .diagnose();
    assertThat(first(diagnosis).code()).isEqualTo(CauseCode.F22);
    assertThat(first(diagnosis).subject().host()).isEqualTo("holter");
  }

  @Test
  void aDeadWorkerBesideHealthyPathsNeedsNoKafkaRemedy() {
    var diagnosis =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3, 4)
            .othersAnswer()
            .silence(List.of("dac-07"), 29, Map.of("iota-n1", 1))
            .dead("dac-07")
            .diagnose();
    assertThat(diagnosis.found()).hasSize(1);
    assertFound(diagnosis, CauseCode.F60, Confidence.CONFIRMED);
    assertThat(first(diagnosis).subject().instances()).containsExactly("dac-07");
  }

  @Test
  void twoCausesAtOnceAreACompoundNotACompromise() {
    var diagnosis =
        saturated().silence(List.of("dac-07", "savoir"), 28, Map.of()).dead("dac-07").diagnose();
    assertThat(diagnosis.found())
        .extracting(Diagnosis.Found::code)
        .containsExactly(CauseCode.F04, CauseCode.F60);
  }

  @Test
  void aSilentWorkerThatAnswersIsNotDead() {
    var diagnosis =
        saturated().silence(List.of("dac-02"), 29, Map.of()).probed("dac-02", LIVES).diagnose();
    assertThat(diagnosis.found()).noneMatch(f -> f.code() == CauseCode.F60);
    assertThat(ruledOut(diagnosis)).contains(CauseCode.F60);
  }

  @Test
  void sickPathsAloneDecideNothingAndSayWhatWould() {
    var diagnosis = new Evidence().map().incidentPaths().diagnose();
    assertThat(diagnosis.found()).isEmpty();
    assertThat(diagnosis.wouldSettle())
        .extracting(Sentence::phrase)
        .contains(RemedyWords.SETTLE_REACH, RemedyWords.SETTLE_LOAD, RemedyWords.SETTLE_LOGS);
  }

  @Test
  void silenceWithoutMetricsIsNotDecidedByGuessing() {
    var diagnosis =
        new Evidence()
            .map()
            .incidentPaths()
            .othersAnswer()
            .reach(1001, Reach.SILENT, -1)
            .diagnose();
    assertThat(diagnosis.found()).noneMatch(f -> f.confidence() == Confidence.CONFIRMED);
  }

  @Test
  void theWarningsOfTheIncidentAloneMakeItLikelyNotCertain() {
    var diagnosis =
        new Evidence()
            .map()
            .registered(1001)
            .complaint(1003, 1001, ComplaintKind.NO_ANSWER)
            .complaint(1002, 1001, ComplaintKind.NO_ANSWER)
            .complaint(1001, 1002, ComplaintKind.ISR_EJECTED)
            .complaint(1001, 1003, ComplaintKind.ISR_EJECTED)
            .diagnose();
    assertFound(diagnosis, CauseCode.F04, Confidence.LIKELY);
    assertThat(first(diagnosis).subject().host()).isEqualTo("iota-n2");
  }

  @Test
  void aHealthyClusterHasNoCause() {
    var diagnosis =
        new Evidence()
            .map()
            .healthy(0, 1, 2, 3, 4)
            .othersAnswer()
            .reach(1001, Reach.ANSWERED, 2)
            .calmPeers()
            .load("iota-n2", 350_000, 14)
            .silence(List.of(), 30, Map.of())
            .diagnose();
    assertThat(diagnosis.found()).isEmpty();
  }

  @Test
  void staleObservationsSayNothingOfNow() {
    var evidence = new Evidence();
    saturated()
        .all
        .forEach(
            o ->
                evidence.all.add(
                    new Observation(
                        o.source(), o.witness(), o.atMs() - CaseFile.FRESH_MS, o.fact())));
    assertThat(evidence.diagnose().found()).isEmpty();
  }

  @Test
  void whatWasNotAskedIsSaid() {
    var diagnosis =
        saturated().unasked(Source.BROKER_LOGS, "broker 1004", "ssh refused").diagnose();
    assertThat(diagnosis.notAsked())
        .extracting(Sentence::english)
        .containsExactly("broker 1004 was not asked: ssh refused");
  }

  @Test
  void theSameEvidenceGivesTheSameDiagnosis() {
    assertThat(saturated().diagnose()).isEqualTo(saturated().diagnose());
  }
}
