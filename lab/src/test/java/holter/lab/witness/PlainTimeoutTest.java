package holter.lab.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlainTimeoutTest {
  private final PlainTimeout timeout =
      new PlainTimeout(Map.of("dac-01", 3_000L, "savoir", 15_000L));

  @Test
  void whoBeatsInTimeIsLeftAlone() {
    timeout.heard("dac-01", 1_000);
    assertThat(timeout.due(4_000)).isEmpty();
    assertThat(timeout.due(4_001)).containsExactly("dac-01");
  }

  @Test
  void aSilentSpellCountsOnceAndTheNextOneAgain() {
    timeout.heard("dac-01", 0);
    assertThat(timeout.due(5_000)).containsExactly("dac-01");
    assertThat(timeout.due(60_000)).isEmpty();
    timeout.heard("dac-01", 61_000);
    assertThat(timeout.due(62_000)).isEmpty();
    assertThat(timeout.due(70_000)).containsExactly("dac-01");
  }

  @Test
  void whoWasNeverHeardOrIsNotSupervisedIsNotRestarted() {
    timeout.heard("stranger", 0);
    assertThat(timeout.due(1_000_000)).isEmpty();
    assertThat(timeout.heardOnce()).isZero();
  }

  @Test
  void aSenderIsKnownByItsKeyOrByItsJson() {
    var json = "{\"device\":{\"id\":\"legacy\"}}".getBytes(StandardCharsets.UTF_8);
    assertThat(Counterfactual.senderOf("savoir".getBytes(StandardCharsets.UTF_8), json))
        .isEqualTo("savoir");
    assertThat(Counterfactual.senderOf(null, json)).isEqualTo("legacy");
    assertThat(Counterfactual.senderOf(null, "{\"device\":".getBytes(StandardCharsets.UTF_8)))
        .isNull();
    assertThat(Counterfactual.senderOf(null, null)).isNull();
  }
}
