package holter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.diagnose.CauseCode;
import holter.diagnose.Diagnoser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What tries each cause, found in the files themselves: scenarios, cases and bundles by what they
 * expect, and tests of rules by the causes that they name.
 */
final class Tries {
  static final Path ROOT = Files.exists(Path.of("core/pom.xml")) ? Path.of("") : Path.of("..");

  private static final List<String> MODULES = List.of("core", "server", "lab", "cli");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern NAMED = Pattern.compile("CauseCode\\.(F\\d\\d)");

  private final Map<Kind, Map<CauseCode, SortedSet<String>>> all = new EnumMap<>(Kind.class);

  /** How much a try proves, the most first. */
  enum Kind {
    LIVE("live"),
    RECORDED("recorded"),
    CITED("public log"),
    BY_HAND("by hand");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private Tries() {
    for (var kind : Kind.values()) {
      all.put(kind, new EnumMap<>(CauseCode.class));
    }
  }

  static Tries found() throws IOException {
    var tries = new Tries();
    for (String module : MODULES) {
      for (String kind : List.of("main", "test")) {
        tries.expectations(ROOT.resolve(module).resolve("src").resolve(kind).resolve("resources"));
      }
    }
    tries.rules(ROOT.resolve("core/src/test/java/holter/diagnose"));
    return tries;
  }

  private void expectations(Path resources) throws IOException {
    for (Path file : files(resources, ".yaml")) {
      JsonNode tree = YAML.readTree(Files.readString(file));
      String name = resources.relativize(file).toString().replaceFirst("\\.\\w+$", "");
      for (String code : tree.path("expect").findValuesAsText("cause")) {
        add(Kind.LIVE, CauseCode.valueOf(code), name);
      }
      if (tree.path("kind").asText().equals("case")) {
        String called = name.replaceFirst("^cases/", "").replaceFirst("/case$", "");
        for (JsonNode cause : tree.path("expect").path("causes")) {
          add(kind(tree), CauseCode.valueOf(cause.path("code").asText()), called);
        }
      }
    }
  }

  private static Kind kind(JsonNode tree) {
    if (tree.has("kafka")) return Kind.LIVE;
    JsonNode origin = tree.path("origin");
    if (origin.has("recorded")) return Kind.RECORDED;
    return origin.has("cites") ? Kind.CITED : Kind.BY_HAND;
  }

  private void rules(Path tests) throws IOException {
    for (Path file : files(tests, "Test.java")) {
      String name = file.getFileName().toString().replace(".java", "");
      NAMED
          .matcher(Files.readString(file))
          .results()
          .forEach(found -> add(Kind.BY_HAND, CauseCode.valueOf(found.group(1)), name));
    }
  }

  private void add(Kind kind, CauseCode cause, String name) {
    of(kind).computeIfAbsent(cause, _ -> new TreeSet<>()).add(name);
  }

  private Map<CauseCode, SortedSet<String>> of(Kind kind) {
    return all.computeIfAbsent(kind, _ -> new EnumMap<>(CauseCode.class));
  }

  /** The names of what tries a cause in one way. */
  SortedSet<String> of(Kind kind, CauseCode cause) {
    return of(kind).getOrDefault(cause, Collections.emptySortedSet());
  }

  /** The way that proves most of each cause; causes that nothing tries are missing. */
  Map<CauseCode, Kind> best() {
    var best = new EnumMap<CauseCode, Kind>(CauseCode.class);
    for (var kind : Kind.values()) {
      of(kind).keySet().forEach(cause -> best.putIfAbsent(cause, kind));
    }
    return best;
  }

  /** How many causes that can be diagnosed are tried in this way and in no better one. */
  long count(Kind kind) {
    return best().entrySet().stream()
        .filter(one -> one.getValue() == kind && Diagnoser.codes().contains(one.getKey()))
        .count();
  }

  /** How many are found in a recording or a public log whenever the tests run. */
  long found(Kind... kinds) {
    return Stream.of(kinds).flatMap(kind -> of(kind).keySet().stream()).distinct().count();
  }

  /** Causes that can be diagnosed and that nothing tries. */
  Set<CauseCode> untried() {
    var untried = EnumSet.copyOf(Diagnoser.codes());
    untried.removeAll(best().keySet());
    return untried;
  }

  void forget(CauseCode cause) {
    all.values().forEach(one -> one.remove(cause));
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }
}
