package holter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.detect.DeathProof;
import holter.detect.HoldReason;
import holter.detect.Verdict;
import holter.engine.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final View SICK = SampleDesk.sampleView();

  @Test
  void onlyAnInstanceFaultAllowsARestart() {
    for (HoldReason reason : HoldReason.values()) {
      assertThat(Verdicts.exit(new Verdict.Held(1, reason), SICK)).as("%s", reason).isIn(10, 13);
    }
    List<Verdict> others = new ArrayList<>();
    others.add(new Verdict.Alive(1));
    others.add(new Verdict.Joining(1));
    others.add(new Verdict.Suspect(1));
    others.add(new Verdict.Restarting(1, "k"));
    others.add(new Verdict.Backoff(1, 2));
    others.add(new Verdict.Quarantined(1));
    others.add(new Verdict.Planned(1, 2));
    assertThat(others).allMatch(verdict -> Verdicts.exit(verdict, SICK) != 11);
  }

  @Test
  void aProvedDeathIsAnInstanceFaultAlsoWhileTheChannelIsSick() {
    assertThat(Verdicts.exit(new Verdict.Dead(1, DeathProof.PORT_REFUSED), SICK)).isEqualTo(11);
  }

  @Test
  void anInferredDeathWhileAPathIsNotHealthyIsBothAndHolds() {
    assertThat(Verdicts.exit(new Verdict.Dead(1, DeathProof.SILENCE), SICK)).isEqualTo(12);
    View healthy = withPath(new PathState.Healthy(1));
    assertThat(Verdicts.exit(new Verdict.Dead(1, DeathProof.SILENCE), healthy)).isEqualTo(11);
  }

  @Test
  void anUnknownInstanceCannotBeTold() {
    Shapes.Verdict answer = Verdicts.of(SICK, "nobody", SampleDesk.NOW);
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.restartAdvice()).isEqualTo("hold");
  }

  @Test
  void aStalePictureTellsNothingEvenOfTheDead() {
    Shapes.Verdict answer = Verdicts.of(SICK, "dac-08", SampleDesk.NOW + 6_000);
    assertThat(answer.verdict()).isEqualTo("dead");
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(Verdicts.of(SICK, "dac-08", SampleDesk.NOW).restartAdvice()).isEqualTo("restart");
  }

  private static View withPath(PathState path) {
    return new View(
        SICK.asOfMs(),
        true,
        false,
        SICK.instances(),
        List.of(new View.Partition(0, 1, "h", path, 1, 1, 1)),
        SICK.map(),
        List.of(),
        SICK.counters());
  }

  @Test
  void everyInstanceOfALargeFleetIsFoundAndNoOther() {
    List<View.Instance> fleet = new ArrayList<>();
    for (int i = 100; i < 1_000; i += 2) {
      fleet.add(SampleDesk.instance("dac-" + i, new Verdict.Alive(1)));
    }
    var view =
        new View(
            SICK.asOfMs(), true, false, fleet, SICK.partitions(), null, List.of(), SICK.counters());
    for (int i = 99; i < 1_000; i++) {
      boolean known = i >= 100 && i % 2 == 0;
      assertThat(Verdicts.of(view, "dac-" + i, SICK.asOfMs()).verdict())
          .isEqualTo(known ? "alive" : "unknown");
    }
  }
}
