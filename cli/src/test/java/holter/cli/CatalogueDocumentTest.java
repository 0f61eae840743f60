package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.CauseCode;
import holter.diagnose.Diagnoser;
import holter.server.text.Tongue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/**
 * The page of the catalogue says what the code says; {@code -Dgolden=write} writes it anew. What
 * tries a cause is not listed by hand: see {@link Tries}.
 */
final class CatalogueDocumentTest {
  private static final Path PAGE = Tries.ROOT.resolve("docs/catalogue.md");
  private static final String UNTRIED = "no scenario";

  /** So many names of one kind are told; the rest is counted. */
  private static final int TOLD_MAX = 3;

  /** Of these there may be so many that nothing tries but what somebody wrote by hand. */
  private static final int BY_HAND_MOST = 15;

  private static final int TRIED_LEAST = 50;

  @Test
  void thePageSaysWhatTheCodeSays() throws IOException {
    String page = page(Tries.found());
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void whatAScenarioExpectsCanBeDiagnosed() throws IOException {
    assertThat(Tries.found().best().keySet()).contains(CauseCode.F04).isSubsetOf(Diagnoser.codes());
  }

  @Test
  void everyCauseThatCanBeDiagnosedIsTried() throws IOException {
    assertThat(Tries.found().untried()).isEmpty();
  }

  @Test
  void fiftyCausesAreTriedAndFewOfThemByHandAlone() throws IOException {
    Tries tries = Tries.found();
    long proved =
        tries.count(Tries.Kind.LIVE)
            + tries.count(Tries.Kind.RECORDED)
            + tries.count(Tries.Kind.CITED);
    assertThat(proved + Math.min(BY_HAND_MOST, tries.count(Tries.Kind.BY_HAND)))
        .isGreaterThanOrEqualTo(TRIED_LEAST);
  }

  @Test
  void aCauseThatNothingTriesSaysSo() throws IOException {
    Tries tries = Tries.found();
    assertThat(rowOf(CauseCode.F04, tries)).contains("live `S04`");
    tries.forget(CauseCode.F04);
    assertThat(rowOf(CauseCode.F04, tries)).endsWith("| " + UNTRIED + " |");
  }

  private static String page(Tries tries) {
    StringBuilder page = new StringBuilder();
    page.append("# Catalogue of causes\n\n")
        .append("Written from the code by `CatalogueDocumentTest`, not by hand. ")
        .append("`holter explain F04` has the whole text, `--lang zh` in Chinese.\n\n")
        .append(CauseCode.values().length)
        .append(" causes are explained, ")
        .append(Diagnoser.codes().size())
        .append(" can be diagnosed: ")
        .append(tries.count(Tries.Kind.LIVE))
        .append(" are tried on real brokers, ")
        .append(tries.count(Tries.Kind.RECORDED))
        .append(" more by a recording, ")
        .append(tries.count(Tries.Kind.CITED))
        .append(" by a public log, ")
        .append(tries.count(Tries.Kind.BY_HAND))
        .append(" only by what was written by hand. ")
        .append("Tried on real brokers is not found: `holter lab score` and ")
        .append("`holter lab score --more` say which are. ")
        .append(tries.found(Tries.Kind.RECORDED, Tries.Kind.CITED))
        .append(" are found in recordings and public logs whenever the tests run.\n\n")
        .append("| code | cause | what it is | diagnosed | tried by |\n|---|---|---|---|---|\n");
    for (CauseCode cause : CauseCode.values()) {
      page.append(rowOf(cause, tries)).append('\n');
    }
    return page.toString();
  }

  private static String rowOf(CauseCode cause, Tries tries) {
    return "| %s | %s<br>%s | %s | %s | %s |"
        .formatted(
            cause.name(),
            cause.english(),
            Tongue.ZH.say(cause),
            whatItIs(cause),
            Diagnoser.codes().contains(cause) ? "yes" : "no, explained only",
            triedBy(cause, tries));
  }

  private static String triedBy(CauseCode cause, Tries tries) {
    var parts = new ArrayList<String>();
    for (var kind : Tries.Kind.values()) {
      SortedSet<String> names = tries.of(kind, cause);
      boolean better = !parts.isEmpty();
      if (names.isEmpty() || (kind == Tries.Kind.BY_HAND && better)) {
        continue; // tests of rules are counted where there is nothing better
      }
      String told = String.join("`, `", names.stream().limit(TOLD_MAX).toList());
      int rest = names.size() - TOLD_MAX;
      parts.add(kind.word() + " `" + told + "`" + (rest > 0 ? " and " + rest : ""));
    }
    return parts.isEmpty() ? UNTRIED : String.join("; ", parts);
  }

  /** The first paragraph of its text. */
  private static String whatItIs(CauseCode cause) {
    String text = Explain.textOf(cause, "en");
    String first = text.substring(text.indexOf("What it is"), text.indexOf("\nHow it shows"));
    return first.substring("What it is".length()).replaceAll("\\s+", " ").strip();
  }
}
