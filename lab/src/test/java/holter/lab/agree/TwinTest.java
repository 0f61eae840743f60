package holter.lab.agree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.lab.scenario.ScenarioReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every live scenario of detection can be played in virtual time too. */
final class TwinTest {
  static Stream<String> scenarios() {
    return Agree.scenarios(List.of()).stream();
  }

  private static Account first(String name) {
    var scenario = ScenarioReader.find(name);
    return new Twin(scenario, scenario.fleet().getFirst()).play(1);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whoDiesIsFoundAndComesBack(String name) {
    assertThat(first(name).deaths())
        .isNotEmpty()
        .allSatisfy(
            course -> {
              assertThat(course.states()).endsWith("Alive").hasSizeGreaterThan(2);
              assertThat(course.how().equals("deployed")).isEqualTo(course.verdictS() == null);
            });
  }

  @Test
  void theSameSeedPlaysTheSame() {
    var scenario = ScenarioReader.find("detect-b");
    var twin = new Twin(scenario, scenario.fleet().getFirst());
    assertThat(twin.play(3)).isEqualTo(twin.play(3)).isNotEqualTo(twin.play(4));
  }

  @Test
  void aBlockedForeignSenderIsHeldForTheSickPartition() {
    var scenario = ScenarioReader.find("detect-h");
    var blocked = new Twin(scenario, scenario.fleet().getLast()).play(1);
    assertThat(blocked.livingSteps())
        .extracting(Account.Step::to)
        .anyMatch(state -> state.startsWith("Held("))
        .noneMatch(state -> state.startsWith("Dead("));
  }

  @Test
  void aFaultWithoutATwinIsRefused() {
    var scenario = ScenarioReader.find("broker-dead");
    var twin = new Twin(scenario, scenario.fleet().getFirst());
    assertThatThrownBy(() -> twin.play(1)).hasMessageContaining("broker 100");
  }
}
