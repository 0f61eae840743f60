package holter.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists: paths here, commands in {@code CommandsInDocumentsTest}. */
final class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");
  private static final Pattern OUR_PATH =
      Pattern.compile("(\\./)?(core|agent|edge|server|lab|cli|deploy|docs|tools|\\.ci)/[\\w./-]+");

  static List<Path> documents() {
    Stream<Path> top =
        Stream.of("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
            .map(Sources.ROOT::resolve);
    return Stream.concat(top, Sources.below(Sources.ROOT.resolve("docs"), ".md")).toList();
  }

  @Test
  void everyDocumentIsThere() {
    assertThat(documents()).allMatch(Files::exists);
    assertThat(Sources.ROOT.resolve("LICENSE")).exists();
  }

  @Test
  void everyLinkAndPathLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      String text = Sources.text(document);
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains(":") && !Files.exists(beside(document, target))) {
          broken.add(Sources.name(document) + " links to " + target);
        }
      }
      Matcher code = CODE.matcher(text);
      while (code.find()) {
        String target = code.group(1);
        boolean ours = OUR_PATH.matcher(target).matches() && !target.contains("...");
        if (ours && !Files.exists(Sources.ROOT.resolve(target))) {
          broken.add(Sources.name(document) + " names " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void bothReadmesHaveTheSameParts() {
    assertThat(headings("README.zh-CN.md")).isEqualTo(headings("README.md"));
    assertThat(commands("README.zh-CN.md")).isEqualTo(commands("README.md"));
  }

  private static long headings(String name) {
    return Sources.text(Sources.ROOT.resolve(name)).lines().filter(l -> l.startsWith("#")).count();
  }

  private static List<String> commands(String name) {
    return Sources.text(Sources.ROOT.resolve(name))
        .lines()
        .map(line -> line.replaceFirst("\\s+#.*", "").strip())
        .filter(line -> line.startsWith("./"))
        .toList();
  }

  private static Path beside(Path document, String target) {
    Path folder = document.getParent();
    return folder == null ? Path.of(target) : folder.resolve(target);
  }
}
