package holter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Diagnosis.Cited;
import holter.diagnose.Diagnosis.Found;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.Subject;
import holter.words.Sentence;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StandingTest {
  private static final Found SATURATED = found(CauseCode.F04, Confidence.LIKELY, 1001);
  private static final Found DEAD_WORKER = found(CauseCode.F60, Confidence.CONFIRMED, -1);
  private static final Found CLIENT = found(CauseCode.F22, Confidence.LIKELY, -1);

  private static final List<Cited> AGAINST_NOTHING = List.of();
  private static final List<Cited> ANSWERED =
      List.of(
          new Cited(
              Sentence.of(CauseCode.F04),
              new Observation(
                  Source.BROKER_REACH,
                  "1001",
                  1,
                  new Fact.Unasked(Sentence.quote(""), Sentence.quote("")))));

  @Test
  void aProvedDeathDoesNotDisplaceTheLikelyCauseOfTheSickChannel() {
    var after = Standing.after(diagnosis(SATURATED), diagnosis(DEAD_WORKER), true);
    assertThat(after.found()).containsExactly(SATURATED, DEAD_WORKER);
  }

  @Test
  void whatIsSuspectedAfterTheHealingDoesNotReplaceWhatWasFoundInTheFault() {
    var after = Standing.after(diagnosis(SATURATED), diagnosis(CLIENT), false);
    assertThat(after.found()).containsExactly(SATURATED);
    assertThat(after.ruledOut()).extracting(Diagnosis.RuledOut::code).doesNotContain(CauseCode.F04);
  }

  @Test
  void whileThePathIsSickARivalOfTheSameRankReplacesTheCause() {
    var frozen = found(CauseCode.F02, Confidence.LIKELY, 1001);
    var after = Standing.after(diagnosis(SATURATED), diagnosis(frozen), true);
    assertThat(after.found()).containsExactly(frozen);
  }

  @Test
  void strongerEvidenceAboutABrokerCountsEvenWhenItComesAfterTheHealing() {
    var sure = found(CauseCode.F04, Confidence.CONFIRMED, 1001);
    var after = Standing.after(diagnosis(SATURATED), diagnosis(sure), false);
    assertThat(after.found()).containsExactly(sure);
  }

  @Test
  void fadedEvidenceUnsaysNothing() {
    var after = Standing.after(diagnosis(SATURATED, DEAD_WORKER), diagnosis(), true);
    assertThat(after.found()).containsExactly(SATURATED, DEAD_WORKER);
  }

  @Test
  void anAnswerGivenWhileTheLanesHaveNotYetHealedDoesNotWeakenTheSameCause() {
    var strong = found(CauseCode.F04, Confidence.LIKELY, 0.9, AGAINST_NOTHING);
    for (var weaker :
        List.of(
            found(CauseCode.F04, Confidence.LIKELY, 0.7, AGAINST_NOTHING),
            found(CauseCode.F04, Confidence.LIKELY, 0.9, ANSWERED))) {
      var after = Standing.after(diagnosis(strong), diagnosis(weaker), true);
      assertThat(after.found()).containsExactly(strong);
    }
  }

  @Test
  void theSameCauseIsHeldOnItsLatestEvidenceWhileThatIsAsStrong() {
    var before = found(CauseCode.F04, Confidence.LIKELY, 0.8, ANSWERED);
    var latest = found(CauseCode.F04, Confidence.LIKELY, 0.8, AGAINST_NOTHING);
    assertThat(Standing.after(diagnosis(before), diagnosis(latest), true).found())
        .containsExactly(latest);
  }

  @Test
  void whatComesInAfterTheReliefMayConfirmACauseAndNotSpeakAgainstIt() {
    var before = diagnosis(SATURATED);
    var late = found(CauseCode.F04, Confidence.CONFIRMED, 0.99, ANSWERED);
    var after =
        Standing.after(before, new Diagnosis(List.of(late), List.of(), none(), none()), false);
    assertThat(after.found())
        .containsExactly(found(CauseCode.F04, Confidence.CONFIRMED, 0.99, AGAINST_NOTHING));
    assertThat(after.ruledOut()).as("as it was in the fault").isEqualTo(before.ruledOut());
  }

  private static List<Sentence> none() {
    return List.of();
  }

  private static Found found(
      CauseCode code, Confidence confidence, double probability, List<Cited> against) {
    var subject = new Subject(List.of(), 1001, "", List.of());
    return new Found(code, confidence, probability, false, subject, List.of(), against, List.of());
  }

  private static Found found(CauseCode code, Confidence confidence, int broker) {
    var subject = new Subject(List.of(), broker, "", List.of());
    return new Found(code, confidence, 0.8, false, subject, List.of(), List.of(), List.of());
  }

  /** With all other causes ruled out, as a diagnosis of one moment has them. */
  private static Diagnosis diagnosis(Found... found) {
    var codes = Stream.of(found).map(Found::code).toList();
    var ruledOut =
        Stream.of(CauseCode.values())
            .filter(code -> !codes.contains(code))
            .map(code -> new Diagnosis.RuledOut(code, List.of()))
            .toList();
    return new Diagnosis(List.of(found), ruledOut, List.of(), List.of());
  }
}
