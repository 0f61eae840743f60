package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.diagnose.CauseCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  @Test
  void aMistypedVerbIsNamedAndTheRightOneOffered() {
    Said said = Said.by("verson");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).startsWith("error: ").contains("try: holter version");
    assertThat(said.out()).isEmpty();
  }

  @Test
  void aMistypedOptionIsNamedAndTheRightOneOffered() {
    Said said = Said.by("version", "--outptu", "json");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("--outptu").contains("--output");
  }

  @Test
  void noVerbIsAMistakeInOneLine() {
    Said said = Said.by();
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("try: holter --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "-5s", "5 days", ""})
  void aTimeoutThatIsNoDurationIsRefused(String text) {
    Said said = Said.by("version", "--timeout=" + text);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("--timeout");
  }

  @Test
  void globalOptionsAreTakenBeforeAndAfterTheVerb() throws Exception {
    for (List<String> args :
        List.of(List.of("-o", "json", "version"), List.of("version", "-o", "json"))) {
      Said said = Said.by(args.toArray(String[]::new));
      assertThat(said.exit()).isZero();
      assertThat(new ObjectMapper().readTree(said.out()).path("holter").asText()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo -y", "lab run calm"})
  void aRunThatCannotBeIsRefusedBeforeAnythingStarts(String verb) {
    for (String wrong : List.of(" --kafka 9.9.9", " --minutes 0", " --minutes 121")) {
      Said said = Said.by((verb + wrong).split(" ", -1));
      assertThat(said.exit()).as(said.err()).isEqualTo(Exit.USAGE);
      assertThat(said.err()).hasLineCount(1).contains("; try: --");
    }
  }

  @Test
  void helpNamesEveryVerbAndEveryExitCode() {
    Said said = Said.by("--help");
    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains(Verbs.NAMES);
    assertThat(said.out()).contains("10 channel").contains("13 inconclusive");
  }

  @Test
  void everyVerbExplainsItselfInOneSentence() {
    for (String verb : Verbs.NAMES) {
      Said said = Said.by(verb, "--help");
      assertThat(said.exit()).as(verb).isZero();
      assertThat(said.out()).as(verb).contains("Usage: holter " + verb);
    }
  }

  @ParameterizedTest
  @EnumSource(CauseCode.class)
  void everyCauseIsExplainedInBothLanguages(CauseCode cause) {
    for (String language : List.of("en", "zh")) {
      Said said = Said.by("explain", cause.name(), "--lang", language);
      assertThat(said.exit()).isZero();
      assertThat(said.out()).startsWith(cause.name());
    }
    assertThat(Said.by("explain", cause.name(), "--lang", "en").out())
        .startsWith(cause.name() + ": " + cause.english());
  }

  @Test
  void anUnknownCauseCodeNamesTheKnownOnes() {
    Said said = Said.by("explain", "F99");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("F04");
  }

  @Test
  void completionKnowsEveryVerb() {
    Said said = Said.by("completion", "bash");
    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains(Verbs.NAMES);
    assertThat(Said.by("completion", "fish").exit()).isEqualTo(Exit.USAGE);
  }
}
