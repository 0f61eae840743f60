package holter.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DemoTest {
  private static final Pattern GAP = Pattern.compile("\\{\\d}");

  @ParameterizedTest
  @EnumSource(Line.class)
  void bothLanguagesTellTheSameFacts(Line line) {
    assertThat(gaps(line.say("zh"))).isEqualTo(gaps(line.say("en")));
  }

  private static Object gaps(String text) {
    return GAP.matcher(text).results().map(each -> each.group()).collect(Collectors.toSet());
  }

  @Test
  void theGapsAreFilled() {
    assertThat(Line.DIALLED.say("en", "dtu-1", "dac-2"))
        .isEqualTo("DTU dtu-1 dials dac-2 while the channel is sick");
    assertThat(Line.DIALLED.say("zh", "dtu-1", "dac-2")).contains("dtu-1").contains("dac-2");
  }

  @Test
  void theFirstRunOnAMachineIsNotBlamedForWhatIsDoneOnce() {
    assertThat(Demo.promptly(94.1, 24).ok()).isTrue();
    assertThat(Demo.promptly(94.1, 24).what()).contains("without 24.0 s of work that is done once");
    assertThat(Demo.promptly(94.1, 0.2).ok()).isFalse();
    assertThat(Demo.promptly(94.1, 0.2).what()).isEqualTo("diagnosis after the command's start");
    assertThat(Demo.promptly(-1, 24).ok()).isFalse();
  }
}
