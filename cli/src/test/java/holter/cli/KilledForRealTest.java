package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans that are carried out by processes which are killed with SIGKILL. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class KilledForRealTest {
  @Test
  @Tag("slow")
  void noStepIsDoubledAndNoneIsLostWheneverTheProcessIsKilled() {
    String trials = System.getProperty("holter.trials", "3");
    Said said = Said.by("bench", "remedy", "--kills", trials);
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(Exit.OK);
    assertThat(said.out()).startsWith(trials + " trials, ").contains(", 0 doubled, 0 lost, ");
  }

  @Test
  void noTrialAtAllIsAMistakeInOneLine() {
    Said said = Said.by("bench", "remedy", "--kills", "0");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("--kills 0", "1 to 10000 plans");
  }
}
