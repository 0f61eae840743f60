package holter.lab.cases;

import holter.lab.scenario.BadScenario;
import holter.lab.scenario.StrictYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds and reads cases strictly: an unknown key is an error with line, column, a suggestion. */
public final class CaseReader {
  /** The open scenarios that come with the lab, in the order in which they are played. */
  public static final List<String> BUILT_IN =
      List.of(
          "S01",
          "S01-wrapped",
          "S02",
          "S02-old",
          "S03",
          "S03-old",
          "S04",
          "S04-old",
          "S05",
          "S05-old",
          "S06",
          "S06-old",
          "S07",
          "S08",
          "S08-old",
          "S09",
          "S10",
          "S11",
          "S12",
          "S13",
          "S14",
          "S15",
          "S16",
          "S17",
          "S17-login",
          "S18",
          "S19",
          "S20");

  /** Cases of further causes, in the order in which they are played. */
  public static final List<String> MORE =
      List.of(
          "F03", "F05", "F11", "F20", "F24", "F25", "F30", "F31", "F32", "F34", "F36", "F37", "F38",
          "F40", "F46", "F48", "F49", "F50", "F54", "F55");

  /** Cases that take long: Holter is asked again and again, and nothing is wrong. */
  public static final List<String> LONG = List.of("noisy");

  private static final int FILE_BYTES_MAX = 1 << 20;

  private CaseReader() {}

  /**
   * A case and where it came from.
   *
   * @param file the path or the built-in name, for messages
   * @param text as it was read, for telling whether a kept result is still of it
   * @param base where a bundle's relative path begins
   */
  public record Found(String file, String text, Path base) {
    /** Reads and checks it. */
    public Case read() {
      return CaseReader.read(text, file);
    }
  }

  /** The cases that come with the lab. */
  public static List<Found> builtIn() {
    return BUILT_IN.stream().map(name -> builtIn("/cases/", name)).toList();
  }

  /** Cases of further causes that come with the lab, called by their cause. */
  public static List<Found> more() {
    return MORE.stream().map(name -> builtIn("/cases/more/", name)).toList();
  }

  /** Cases that take an hour each. */
  public static List<Found> lasting() {
    return LONG.stream().map(name -> builtIn("/cases/long/", name)).toList();
  }

  private static Found builtIn(String folder, String name) {
    var resource = folder + name + ".yaml";
    try (var in = CaseReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the lab's jar");
      }
      return new Found(
          name, new String(in.readAllBytes(), StandardCharsets.UTF_8), BuiltInBundles.at(name));
    } catch (IOException unreadable) {
      throw new IllegalStateException(resource, unreadable);
    }
  }

  /**
   * Every {@code .yaml} or {@code .yml} file of a directory, by name, and of its direct
   * sub-directories the file {@code case.yaml}, which stands beside a recorded bundle.
   */
  public static List<Found> in(Path directory) {
    var found = new ArrayList<Found>();
    try (var entries = Files.list(directory)) {
      for (var entry : entries.sorted().toList()) {
        var file = Files.isDirectory(entry) ? entry.resolve("case.yaml") : entry;
        var name = String.valueOf(file.getFileName());
        if (Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
          var parent = file.toAbsolutePath().getParent();
          found.add(new Found(file.toString(), text(file), parent == null ? directory : parent));
        }
      }
    } catch (IOException unreadable) {
      throw new BadScenario(directory + ": cannot be read as a directory of cases; " + unreadable);
    }
    if (found.isEmpty()) {
      throw new BadScenario(directory + ": no case in it; a case is a .yaml file of kind: case");
    }
    return found;
  }

  /** What cannot be read is told when the case is: one line, and the others still run. */
  private static String text(Path file) throws IOException {
    return Files.size(file) > FILE_BYTES_MAX
        ? ""
        : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /**
   * Reads and checks one case.
   *
   * @param text YAML
   * @param called what the text is called in errors
   */
  public static Case read(String text, String called) {
    return StrictYaml.read(
        text, called, Case.class, "a case names at least kafka or bundle", CaseCheck::firstProblem);
  }
}
