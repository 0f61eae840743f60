package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.cli.Exit;
import holter.diagnose.CauseCode;
import holter.diagnose.CauseWords;
import holter.diagnose.ClusterFact;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Diagnosis.Found;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Source;
import holter.diagnose.Subject;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BlameTest {
  private static final PathState HEALTHY = new PathState.Healthy(1);
  private static final PathState SICK = new PathState.Sick(Sickness.HANG, 1, 1001);
  private static final PathState UNKNOWN = new PathState.Unknown(Sentence.quote("no sample"));

  @Test
  void causesDecideWhomToBlame() {
    assertThat(exit(found(CauseCode.F04), SICK)).isEqualTo(Exit.CHANNEL);
    assertThat(exit(found(CauseCode.F60), HEALTHY)).isEqualTo(Exit.INSTANCE);
    assertThat(exit(found(CauseCode.F60, CauseCode.F04), SICK))
        .isEqualTo(Exit.CHANNEL_AND_INSTANCE);
  }

  @Test
  void withoutACauseASickPathIsInconclusiveAndAllHealthyIsFine() {
    assertThat(exit(found(), SICK, HEALTHY)).isEqualTo(Exit.INCONCLUSIVE);
    assertThat(exit(found(), HEALTHY, HEALTHY)).isEqualTo(Exit.OK);
  }

  @Test
  void notToKnowIsNeverHealthy() {
    assertThat(exit(found(), HEALTHY, UNKNOWN)).isEqualTo(Exit.CANNOT_TELL);
    assertThat(exit(found())).isEqualTo(Exit.CANNOT_TELL);
  }

  @Test
  void whatMayNotBeReadIsDeniedUnlessSomethingIsKnownToBeSick() {
    PathState denied =
        new PathState.Unknown(Sentence.of(UnaskedWords.DENIED, "TOPIC_AUTHORIZATION_FAILED"));
    assertThat(exit(found(), denied, denied)).isEqualTo(Exit.DENIED);
    assertThat(exit(found(), HEALTHY, denied)).isEqualTo(Exit.DENIED);
    assertThat(exit(found(), SICK, denied)).isEqualTo(Exit.INCONCLUSIVE);
  }

  @Test
  void aBrokerThatIsGoneIsNotHealthyAlthoughOthersLeadItsPartitions() {
    Fact gone = new Fact.NotRegistered(1001, "kafka");
    List<Observation> seen =
        Stream.concat(
                paths(HEALTHY, HEALTHY).stream(),
                Stream.of(new Observation(Source.METADATA, "kafka", 5, gone)))
            .toList();
    assertThat(Blame.exitOf(found(), seen)).isEqualTo(Exit.INCONCLUSIVE);
  }

  @Test
  void anInconclusiveCauseIsNoCause() {
    Diagnosis guess =
        new Diagnosis(
            List.of(cause(CauseCode.F60, Confidence.INCONCLUSIVE)),
            List.of(),
            List.of(),
            List.of());
    assertThat(Blame.exitOf(guess, paths(HEALTHY))).isEqualTo(Exit.INCONCLUSIVE);
  }

  @Test
  void recordsThatEndedAreNoProofOfADeath() {
    Fact ended = new ClusterFact.SenderSeen("dac-7", List.of(1), 188, 500, 900, 7, 0, 30_000, 2);
    var cited =
        new Diagnosis.Cited(
            Sentence.of(CauseWords.SENDER_ENDED), new Observation(Source.BEATS, "kafka", 5, ended));
    assertThat(Blame.exitOf(worker(Confidence.LIKELY, cited), paths(HEALTHY)))
        .isEqualTo(Exit.INCONCLUSIVE);
    assertThat(Blame.exitOf(worker(Confidence.CONFIRMED, cited), paths(HEALTHY)))
        .isEqualTo(Exit.INSTANCE);
  }

  private static Diagnosis worker(Confidence confidence, Diagnosis.Cited cited) {
    var found =
        new Diagnosis.Found(
            CauseCode.F60,
            confidence,
            0.9,
            false,
            Subject.NONE,
            List.of(cited),
            List.of(),
            List.of());
    return new Diagnosis(List.of(found), List.of(), List.of(), List.of());
  }

  @Test
  void theChannelIsBlamedBeforeItsCauseIsKnownOnlyByTwoWitnessesAndAHealthyPathBeside() {
    assertThat(Blame.exitOf(found(), with(Reach.SILENT, SICK, HEALTHY))).isEqualTo(Exit.CHANNEL);
    assertThat(Blame.exitOf(found(), with(Reach.ANSWERED, SICK, HEALTHY)))
        .isEqualTo(Exit.INCONCLUSIVE);
    assertThat(Blame.exitOf(found(), with(Reach.SILENT, SICK, SICK)))
        .as("everything is sick: it may be our own network")
        .isEqualTo(Exit.INCONCLUSIVE);
  }

  @Test
  void theSickPartAndItsBrokerAreNamedBeforeTheCause() {
    assertThat(Blame.sick(paths(HEALTHY, SICK)))
        .isEqualTo(new Subject(List.of(1), 1001, "", List.of()));
  }

  private static int exit(Diagnosis diagnosis, PathState... states) {
    return Blame.exitOf(diagnosis, paths(states));
  }

  private static Diagnosis found(CauseCode... codes) {
    List<Found> causes = Stream.of(codes).map(c -> cause(c, Confidence.CONFIRMED)).toList();
    return new Diagnosis(causes, List.of(), List.of(), List.of());
  }

  private static Found cause(CauseCode code, Confidence confidence) {
    return new Found(code, confidence, 0.9, false, Subject.NONE, List.of(), List.of(), List.of());
  }

  private static List<Observation> with(Reach reach, PathState... states) {
    Fact door = new Fact.BrokerReach(1001, "iota-n2:6667", reach, 1, -1);
    return Stream.concat(
            paths(states).stream(),
            Stream.of(new Observation(Source.BROKER_REACH, "1001", 5, door)))
        .toList();
  }

  private static List<Observation> paths(PathState... states) {
    return java.util.stream.IntStream.range(0, states.length)
        .mapToObj(
            p ->
                new Observation(
                    Source.LANES, "holter", 5, new Fact.PathSeen(p, 1001 + p, states[p])))
        .toList();
  }
}
