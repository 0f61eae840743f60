package holter.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import holter.words.Phrase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scans the compiled core and server for enums that speak. */
class EveryPhraseIsTranslatedTest {
  private static final Pattern GAP = Pattern.compile("\\{\\d+}");

  @Test
  void everyPhraseHasAChineseText() throws Exception {
    assertThat(new TreeSet<>(Tongue.chinese().keySet())).containsAll(phrases().keySet());
  }

  @Test
  void everyChineseTextUsesTheSameGaps() throws Exception {
    phrases()
        .forEach(
            (key, phrase) ->
                assertThat(gaps(Tongue.chinese().getOrDefault(key, "")))
                    .as(key)
                    .isEqualTo(gaps(phrase.english())));
  }

  @Test
  void noTwoPhraseEnumsShareAName() throws Exception {
    List<String> names = phraseEnums().stream().map(Class::getSimpleName).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  private static Set<String> gaps(String text) {
    return new TreeSet<>(GAP.matcher(text).results().map(gap -> gap.group()).toList());
  }

  static Map<String, Phrase> phrases() throws Exception {
    Map<String, Phrase> phrases = new TreeMap<>();
    for (Class<?> type : phraseEnums()) {
      for (Object constant : type.getEnumConstants()) {
        Phrase phrase = (Phrase) constant;
        phrases.put(phrase.key(), phrase);
      }
    }
    return phrases;
  }

  private static List<Class<?>> phraseEnums() throws Exception {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> member : List.of(Phrase.class, Tongue.class)) {
      Path root = rootOf(member);
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          Class<?> type = load(root.relativize(file));
          if (type.isEnum() && Phrase.class.isAssignableFrom(type)) {
            found.add(type);
          }
        }
      }
    }
    assertThat(found).as("the scan found the core").hasSizeGreaterThan(5);
    return found;
  }

  private static Path rootOf(Class<?> member) throws URISyntaxException, IOException {
    Path root = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Files.isDirectory(root)
        ? root
        : java.nio.file.FileSystems.newFileSystem(root).getPath("/");
  }

  private static Class<?> load(Path relative) throws ClassNotFoundException {
    String name = relative.toString().replace('/', '.');
    return Class.forName(
        name.substring(0, name.length() - ".class".length()),
        false,
        EveryPhraseIsTranslatedTest.class.getClassLoader());
  }
}
