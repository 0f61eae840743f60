package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.CauseCode;
import holter.server.text.Tongue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every text of the catalogue has the same form, and says the same in both languages. */
final class ExplainTest {
  private static final Pattern CODE = Pattern.compile("F\\d\\d");
  private static final int ENGLISH_PART_COLUMNS = 13;

  private static final List<String> ENGLISH =
      List.of("What it is", "How it shows", "Told apart", "Workers", "First aid", "Root", "Never");
  private static final List<String> CHINESE =
      List.of("是什么", "如何表现", "如何区分", "对实例", "应急", "根治", "切勿");

  private static final int COLUMNS_MAX = 121;
  private static final int LINES_MIN = 10;
  private static final int LINES_MAX = 20;

  @ParameterizedTest
  @EnumSource(CauseCode.class)
  void everyTextHasItsTitleAndTheSameParts(CauseCode cause) {
    String english = Explain.textOf(cause, "en");
    String chinese = Explain.textOf(cause, "zh");
    assertThat(english.lines().findFirst()).contains(cause.name() + ": " + cause.english());
    assertThat(chinese.lines().findFirst()).contains(cause.name() + "：" + Tongue.ZH.say(cause));
    assertThat(partLines(english).map(line -> line.substring(0, ENGLISH_PART_COLUMNS).strip()))
        .containsExactlyElementsOf(ENGLISH);
    assertThat(partLines(chinese).map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactlyElementsOf(CHINESE);
    for (String text : List.of(english, chinese)) {
      assertThat(text.lines()).hasSizeBetween(LINES_MIN, LINES_MAX);
      assertThat(text.lines()).allMatch(line -> line.length() <= COLUMNS_MAX);
    }
  }

  @ParameterizedTest
  @EnumSource(CauseCode.class)
  void bothLanguagesTellItApartFromTheSameCauses(CauseCode cause) {
    Set<String> named = codesIn(Explain.textOf(cause, "en"));
    assertThat(codesIn(Explain.textOf(cause, "zh"))).isEqualTo(named);
    assertThat(named).as("it is told apart from others").hasSizeGreaterThan(1);
    named.forEach(CauseCode::valueOf);
  }

  @ParameterizedTest
  @EnumSource(CauseCode.class)
  void whatMustNeverBeDoneHasNoSecondNegation(CauseCode cause) {
    String chinese = Explain.textOf(cause, "zh");
    assertThat(chinese.substring(chinese.indexOf("\n切勿"))).doesNotContain("不要");
  }

  private static Stream<String> partLines(String text) {
    return text.lines().skip(1).filter(line -> !line.isEmpty() && !line.startsWith(" "));
  }

  private static Set<String> codesIn(String text) {
    return CODE.matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
