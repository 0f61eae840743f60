package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/** Every {@code holter …} line in a code block of a document is read by the real parser. */
final class CommandsInDocumentsTest {
  private static final Pattern COMMAND = Pattern.compile("^(\\$ )?(\\./)?holter\\s+(.*)$");
  private static final Path ROOT =
      Files.exists(Path.of("core/pom.xml")) ? Path.of("") : Path.of("..");

  @Test
  void everyCommandInADocumentIsUnderstood() throws IOException {
    List<String> refused = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (Path document : documents()) {
      for (String words : commandsIn(document)) {
        read.add(words);
        try {
          parse(words);
        } catch (ParameterException e) {
          refused.add(document.getFileName() + ": holter " + words + ": " + e.getMessage());
        }
      }
    }
    assertThat(refused).isEmpty();
    assertThat(read).hasSizeGreaterThan(5);
  }

  private static void parse(String words) {
    String[] args =
        Arrays.stream(words.split(" +", -1)).filter(w -> !w.isEmpty()).toArray(String[]::new);
    Main.everything().parseArgs(args);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("README.zh-CN.md")),
              docs.filter(f -> f.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  private static List<String> commandsIn(Path document) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("```")) {
        inside = !inside;
        continue;
      }
      var command = COMMAND.matcher(line.strip());
      if (inside && command.matches()) {
        String words =
            command
                .group(3)
                .replaceFirst("\\s{3,}[^-\\s].*", "")
                .replaceFirst("\\s(#|;|\\||>|&&|\\\\$).*", "")
                .strip();
        if (!words.contains("…") && !words.contains("[")) commands.add(words);
      }
    }
    return commands;
  }
}
