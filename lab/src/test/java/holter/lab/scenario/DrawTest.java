package holter.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DrawTest {
  private static final Scenario FROZEN = ScenarioReader.find("naming-hang");

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(Draw.by(7, FROZEN)).isEqualTo(Draw.by(7, FROZEN));
  }

  @Test
  void everyLeaderIsDrawnSometimesAndNoOther() {
    var drawn =
        LongStream.range(0, 100)
            .mapToObj(seed -> Draw.victim(Draw.by(seed, FROZEN)))
            .collect(Collectors.toSet());
    assertThat(drawn).containsExactlyInAnyOrder(1001, 1002, 1003, 1004, 1005);
  }

  @Test
  void whatIsExpectedMovesWithTheVictim() {
    for (long seed = 0; seed < 50; seed++) {
      var drawn = Draw.by(seed, FROZEN);
      int victim = Draw.victim(drawn);
      var named = Objects.requireNonNull(drawn.expect().named());
      assertThat(named.broker()).as("seed %d", seed).isEqualTo(victim);
      assertThat(named.host()).isEqualTo(drawn.brokerHost(victim).orElseThrow());
      assertThat(named.partitions()).isEqualTo(drawn.ledBy(victim));
    }
  }

  @Test
  void thePhaseMovesFaultsAndEndAlike() {
    for (long seed = 0; seed < 50; seed++) {
      var drawn = Draw.by(seed, FROZEN);
      var shift = drawn.runFor().minus(FROZEN.runFor());
      assertThat(shift).isBetween(Duration.ZERO, Duration.ofSeconds(5));
      assertThat(drawn.timeline().getFirst().at())
          .isEqualTo(FROZEN.timeline().getFirst().at().plus(shift));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"incident", "naming-nic"})
  void theSaturatedNicIsTheOneThatTheFaultFills(String scenario) {
    var incident = ScenarioReader.find(scenario);
    for (long seed = 0; seed < 50; seed++) {
      var drawn = Draw.by(seed, incident);
      var host = drawn.timeline().getFirst().fault().target();
      assertThat(drawn.hostOf(host)).as("seed %d", seed).isEqualTo(incident.hostOf("iota-n2"));
    }
  }
}
