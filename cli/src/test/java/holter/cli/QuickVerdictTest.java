package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holter.cli.remote.QuickVerdict;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuickVerdictTest {
  private static final String HELD =
      """
      {"instance":"dac-07","verdict":"held","exit":10,"restartAdvice":"hold","rule":"R5",
       "why":{"key":"k","args":[{"exit":11}],"text":"its silence falls on sick partitions"},
       "sinceMs":4000,"asOfMs":10000,"ageMs":20,"later":{"exit":11,"deep":{"ageMs":0}}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verdict dac-07",
        "verdict dac-07 --server http://h:1",
        "verdict --timeout 2s dac-07 --server http://h:1"
      })
  void theWordsOfARestartHookAreReadByHand(String words) {
    assertThat(QuickVerdict.of(words.split(" ", -1))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verdict",
        "get dac-07",
        "verdict dac-07 dac-08",
        "verdict dac-07 -o json",
        "verdict dac-07 --server",
        "verdict dac-07 --server -o",
        "verdict dac-07 --timeout soon",
        "verdict dac-07 --timeout 0s",
        "verdict @file",
        "verdict --help"
      })
  void allOtherWordsGoTheUsualWay(String words) {
    assertThat(QuickVerdict.of(words.split(" ", -1))).isNull();
  }

  @Test
  void bothWaysSayTheSame() throws IOException {
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/verdict/dac-07", 200, HELD)) {
      Said quick = Said.by("verdict", "dac-07", "--server", twin.url());
      Said usual = Said.by("verdict", "dac-07", "--no-color", "--server", twin.url());
      assertThat(quick).isEqualTo(usual);
      assertThat(quick.exit()).isEqualTo(Exit.CHANNEL);
      assertThat(quick.out())
          .isEqualTo(
              "dac-07 held for 6.0 s: its silence falls on sick partitions (R5) · hold"
                  + System.lineSeparator());
      assertThat(twin.asked).hasSize(2).allMatch(twin.asked.getFirst()::equals);
    }
  }

  @Test
  void aCutAnswerMeansHold() throws IOException {
    String cut = HELD.substring(0, HELD.indexOf("\"later\"") - 1);
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/verdict/dac-07", 200, cut)) {
      Said said = Said.by("verdict", "dac-07", "--server", twin.url());
      assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
      assertThat(said.err()).hasLineCount(1).startsWith("error: ");
    }
  }
}
