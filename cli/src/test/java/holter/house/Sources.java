package holter.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the rules are about. */
final class Sources {
  static final List<String> MODULES = List.of("core", "agent", "edge", "server", "lab", "cli");

  /** The folder of the whole project: surefire runs in the module's own. */
  static final Path ROOT = root();

  private Sources() {}

  /** Every Java file of the modules, product and tests; ordered. */
  static List<Path> java() {
    return MODULES.stream().flatMap(m -> below(ROOT.resolve(m).resolve("src"), ".java")).toList();
  }

  /** Java files of the product. */
  static List<Path> product() {
    return java().stream().filter(file -> !isTest(file)).toList();
  }

  static boolean isTest(Path file) {
    return ROOT.relativize(file).toString().contains("src/test/");
  }

  /** Files below a folder whose name ends so; none when there is no such folder. */
  static Stream<Path> below(Path folder, String ending) {
    if (!Files.isDirectory(folder)) return Stream.empty();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a violation names a file. */
  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.exists(here.resolve("core/pom.xml"))) {
      here = here.getParent();
    }
    if (here == null) throw new IllegalStateException("the tests do not run inside the project");
    return here;
  }
}
