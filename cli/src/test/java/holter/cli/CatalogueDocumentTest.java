package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.diagnose.CauseCode;
import holter.diagnose.Diagnoser;
import holter.server.text.Tongue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of the catalogue says what the code says; {@code -Dgolden=write} writes it anew. What
 * tries a cause is not listed by hand: it is what scenarios and bundles expect to be diagnosed.
 */
final class CatalogueDocumentTest {
  private static final Path ROOT =
      Files.exists(Path.of("core/pom.xml")) ? Path.of("") : Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/catalogue.md");
  private static final List<String> MODULES = List.of("core", "server", "lab", "cli");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String UNTRIED = "no scenario";

  @Test
  void thePageSaysWhatTheCodeSays() throws IOException {
    String page = page(tries());
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void whatAScenarioExpectsCanBeDiagnosed() throws IOException {
    assertThat(tries().keySet()).contains(CauseCode.F04).isSubsetOf(Diagnoser.codes());
  }

  @Test
  void aCauseThatNothingTriesSaysSo() throws IOException {
    Map<CauseCode, SortedSet<String>> tries = tries();
    tries.remove(CauseCode.F04);
    assertThat(rowOf(CauseCode.F04, tries)).endsWith("| " + UNTRIED + " |");
    assertThat(rowOf(CauseCode.F04, tries())).contains("`scenarios/incident`");
  }

  private static String page(Map<CauseCode, SortedSet<String>> tries) {
    StringBuilder page = new StringBuilder();
    page.append("# Catalogue of causes\n\n")
        .append("Written from the code by `CatalogueDocumentTest`, not by hand. ")
        .append("`holter explain F04` has the whole text, `--lang zh` in Chinese.\n\n")
        .append(CauseCode.values().length)
        .append(" causes are explained, ")
        .append(Diagnoser.codes().size())
        .append(" can be diagnosed, ")
        .append(tries.size())
        .append(" are tried by a scenario, a case of the score sheet or a bundle.\n\n")
        .append("| code | cause | what it is | diagnosed | tried by |\n|---|---|---|---|---|\n");
    for (CauseCode cause : CauseCode.values()) {
      page.append(rowOf(cause, tries)).append('\n');
    }
    return page.toString();
  }

  private static String rowOf(CauseCode cause, Map<CauseCode, SortedSet<String>> tries) {
    SortedSet<String> by = tries.get(cause);
    return "| %s | %s<br>%s | %s | %s | %s |"
        .formatted(
            cause.name(),
            cause.english(),
            Tongue.ZH.say(cause),
            whatItIs(cause),
            Diagnoser.codes().contains(cause) ? "yes" : "no, explained only",
            by == null ? UNTRIED : "`" + String.join("`, `", by) + "`");
  }

  /** The first paragraph of its text. */
  private static String whatItIs(CauseCode cause) {
    String text = Explain.textOf(cause, "en");
    String first = text.substring(text.indexOf("What it is"), text.indexOf("\nHow it shows"));
    return first.substring("What it is".length()).replaceAll("\\s+", " ").strip();
  }

  /** By cause: the scenarios and bundles that expect it, by their place below the resources. */
  private static Map<CauseCode, SortedSet<String>> tries() throws IOException {
    Map<CauseCode, SortedSet<String>> tries = new EnumMap<>(CauseCode.class);
    for (String module : MODULES) {
      for (String kind : List.of("main", "test")) {
        Path resources = ROOT.resolve(module).resolve("src").resolve(kind).resolve("resources");
        for (Path file : expectations(resources)) {
          JsonNode expected = YAML.readTree(Files.readString(file)).path("expect");
          String name = resources.relativize(file).toString().replaceFirst("\\.\\w+$", "");
          List<String> codes = new ArrayList<>(expected.findValuesAsText("cause"));
          codes.addAll(expected.path("causes").findValuesAsText("code"));
          for (String code : codes) {
            tries.computeIfAbsent(CauseCode.valueOf(code), c -> new TreeSet<>()).add(name);
          }
        }
      }
    }
    return tries;
  }

  private static List<Path> expectations(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
