package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.cases.CaseReader;
import holter.lab.score.CaseResult;
import holter.lab.score.Scoring;
import holter.lab.score.Sheet;
import holter.lab.score.SheetText;
import holter.lab.score.Shuffle;
import holter.lab.stage.HolterCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Evidence recorded from live injections, or taken from public logs, diagnosed without brokers. */
@Timeout(300)
final class RecordedCasesTest {
  private static final Path CASES = Tries.ROOT.resolve("lab/src/test/resources/cases/recorded");

  /** Of each recording so many. */
  private static final int SEEDS = 24;

  private static final long ASKED_LEAST = 160;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  static Stream<CaseReader.Found> recorded() {
    return CaseReader.in(CASES).stream();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void theCauseIsFoundInItsRecording(CaseReader.Found found) throws IOException {
    var sheet = new Sheet(List.of(asked(found)), List.of());
    assertThat(sheet.passed()).as(SheetText.of(sheet)).isTrue();
  }

  @Test
  void whateverTheNamesTheRightBrokerAndHostAreNamedAndNothingFalseIsConfirmed()
      throws IOException {
    var results = new ArrayList<CaseResult>();
    var cases = Stream.concat(recorded(), CaseReader.builtIn().stream().filter(this::isBundle));
    for (var found : new Shuffle(folder).of(cases.toList(), SEEDS)) {
      results.add(asked(found));
    }
    var sheet = new Sheet(results, List.of());
    assertThat(sheet.aimed()).isGreaterThanOrEqualTo(ASKED_LEAST);
    assertThat(sheet.aimsWell()).as(SheetText.of(sheet)).isTrue();
  }

  private boolean isBundle(CaseReader.Found found) {
    return found.read().bundle() != null;
  }

  private static CaseResult asked(CaseReader.Found found) throws IOException {
    var given = found.read();
    Path bundle = found.base().resolve(Objects.requireNonNull(given.bundle()));
    Said said = Said.by("diagnose", "--lang", "en", "-o", "json", "--bundle", bundle.toString());
    var answer =
        new HolterCommand.Answer(
            false, said.exit(), 0, -1, JSON.readTree(said.out()), said.err(), List.of());
    return new CaseResult(
        given.name(),
        given.title(),
        "",
        given.expect().causes().stream().map(cause -> cause.code()).toList(),
        null,
        null,
        List.of(),
        Map.of(),
        List.of(Scoring.marked(given.expect(), answer)));
  }
}
