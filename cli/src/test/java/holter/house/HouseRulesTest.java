package holter.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits and habits of the house; {@code CONTRIBUTING.md} says why each is there. */
final class HouseRulesTest {
  private static final int FILE_LINES_MAX = 300;
  private static final int FUNCTION_LINES_MAX = 70;
  private static final int LINE_COLUMNS_MAX = 100;
  private static final int CONSTRUCTOR_PARAMETERS_MAX = 5;

  /** Adapters: one package per outside system. None knows another. */
  private static final List<String> ADAPTERS =
      List.of("kafka", "zookeeper", "kube", "host", "jmx", "log", "store", "http", "notify", "run");

  private static final Pattern BAD_NAME =
      Pattern.compile(".*(Manager|Utils?|Helpers?|Impl)|Abstract.*");
  private static final Pattern BAD_PACKAGE = Pattern.compile("(utils?|common|api|helpers?|misc)");

  // Written in pieces, so that this file does not break its own rules.
  private static final Pattern NOTE_TO_SELF =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final String TEXT_BLOCK = "\"\"" + "\"";
  private static final String SLEEP = "Thread.sle" + "ep(";
  private static final String TRACE = ".printStack" + "Trace(";
  private static final String SWITCHED_OFF = "@Dis" + "abled";
  private static final Pattern MOCKS =
      Pattern.compile("org\\.(mock" + "ito|easy" + "mock)|power" + "mock");

  @Test
  void noFileIsLongerThanAReaderKeepsInMind() {
    assertThat(
            Sources.java().stream()
                .filter(f -> Sources.text(f).lines().count() > FILE_LINES_MAX)
                .map(f -> Sources.name(f) + " has " + Sources.text(f).lines().count() + " lines"))
        .isEmpty();
  }

  @Test
  void noLineIsWiderThanAScreen() {
    List<String> wide = new ArrayList<>();
    for (Path file : Sources.java()) {
      boolean inText = false; // a text block shows what it shows
      int number = 0;
      for (String line : Sources.text(file).lines().toList()) {
        number++;
        boolean border = line.contains(TEXT_BLOCK);
        if (columns(line) > LINE_COLUMNS_MAX && !inText && !border && !unbreakable(line)) {
          wide.add(Sources.name(file) + ":" + number);
        }
        inText ^= border;
      }
    }
    assertThat(wide).isEmpty();
  }

  @Test
  void noFunctionIsLongerThanAPageAndNoConstructorTakesMoreThanFive() {
    Measures.Read read = Measures.of(Sources.java());
    assertThat(read.functions()).hasSizeGreaterThan(100);
    assertThat(read.functions().stream().filter(f -> f.lines() > FUNCTION_LINES_MAX)).isEmpty();
    assertThat(
            read.functions().stream()
                .filter(f -> f.constructorParameters() > CONSTRUCTOR_PARAMETERS_MAX))
        .isEmpty();
  }

  @Test
  void noTypeHasANameThatSaysNothing() {
    Measures.Read read = Measures.of(Sources.java());
    assertThat(read.types().stream().filter(t -> BAD_NAME.matcher(t.name()).matches())).isEmpty();
  }

  @Test
  void noPackageHasANameThatSaysNothing() {
    assertThat(
            packages().stream()
                .filter(p -> BAD_PACKAGE.matcher(String.valueOf(p.getFileName())).matches()))
        .isEmpty();
  }

  @Test
  void everyPackageSaysItsJob() {
    List<String> silent = new ArrayList<>();
    for (Path folder : packages()) {
      Path info = folder.resolve("package-info.java");
      Path product = Path.of(info.toString().replace("/src/test/java/", "/src/main/java/"));
      Path said = Files.exists(product) ? product : info;
      if (!Files.exists(said)) {
        silent.add(Sources.name(folder) + " has no package-info.java");
      } else if (!Sources.text(said).startsWith("/**")
          || !Sources.text(said).contains("@NullMarked")) {
        silent.add(Sources.name(said) + " needs a sentence and @NullMarked");
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(lines(Sources.java(), line -> NOTE_TO_SELF.matcher(line).find())).isEmpty();
    assertThat(lines(Sources.java(), line -> line.contains(SWITCHED_OFF))).isEmpty();
  }

  @Test
  void noTestWaitsByTheClock() {
    List<Path> tests = Sources.java().stream().filter(Sources::isTest).toList();
    assertThat(lines(tests, line -> line.contains(SLEEP))).isEmpty();
  }

  @Test
  void nobodyMocks() {
    assertThat(lines(Sources.java(), line -> MOCKS.matcher(line).find())).isEmpty();
  }

  @Test
  void stackTracesAreForDefectsOnly() {
    assertThat(lines(Sources.product(), line -> line.contains(TRACE)))
        .allMatch(where -> where.startsWith("cli/src/main/java/holter/cli/Failures.java"));
  }

  @Test
  void noAdapterKnowsAnother() {
    List<String> crossings = new ArrayList<>();
    for (String adapter : ADAPTERS) {
      Path folder = Sources.ROOT.resolve("server/src/main/java/holter/server/" + adapter);
      Sources.below(folder, ".java")
          .forEach(
              file ->
                  ADAPTERS.stream()
                      .filter(other -> !other.equals(adapter))
                      .filter(other -> Sources.text(file).contains("holter.server." + other + "."))
                      .map(other -> Sources.name(file) + " uses holter.server." + other)
                      .forEach(crossings::add));
    }
    assertThat(crossings).isEmpty();
  }

  @Test
  void noCommittedFileNamesTheWorkplace() {
    Pattern workplace =
        Pattern.compile("/wor" + "k/(shared|main|wt)|artifact" + "ory|nex" + "us\\.");
    Stream<Path> others =
        Stream.of(
                "docs",
                "tools",
                ".ci",
                "cli/src",
                "core/src",
                "agent/src",
                "server/src",
                "lab",
                "edge/src")
            .flatMap(
                folder ->
                    Stream.of(".md", ".yaml", ".sh", ".java", ".xml", ".txt")
                        .flatMap(ending -> Sources.below(Sources.ROOT.resolve(folder), ending)))
            .filter(file -> !file.toString().contains("/target/"));
    assertThat(lines(others.toList(), line -> workplace.matcher(line).find())).isEmpty();
  }

  private static List<Path> packages() {
    return Sources.java().stream().map(Path::getParent).distinct().toList();
  }

  private static int columns(String line) {
    return line.codePointCount(0, line.length());
  }

  /** The formatter leaves long words, imports and links as they are. */
  private static boolean unbreakable(String line) {
    return line.startsWith("import ") || line.contains("://");
  }

  private static List<String> lines(List<Path> files, java.util.function.Predicate<String> bad) {
    return files.stream()
        .flatMap(
            file -> {
              List<String> lines = Sources.text(file).lines().collect(Collectors.toList());
              return java.util.stream.IntStream.range(0, lines.size())
                  .filter(i -> bad.test(lines.get(i)))
                  .mapToObj(i -> Sources.name(file) + ":" + (i + 1) + " " + lines.get(i).strip());
            })
        .toList();
  }
}
