package holter.lab.bench;

import holter.engine.FleetEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * A digest of the code that plays trials: the core, the simulated world, the scenarios and the
 * detectors. What only shows trials does not count. Equal builds have equal stamps, as a folder of
 * classes or as a jar; the libraries' versions are not in it.
 */
final class CodeStamp {
  private static final String SIM = "holter/lab/sim/";
  private static final String BENCH = "holter/lab/bench/";

  /** Classes of this package that show trials, and their inner ones. */
  private static final List<String> SHOWING =
      List.of("DetectBench", "DetectCurve", "DetectGates", "DetectTable", "TrialFiles");

  private CodeStamp() {}

  /** Of the classes that run, 16 hexadecimal digits. */
  static String ofRunning() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      add(digest, FleetEngine.class, name -> !name.startsWith("holter/lab/"));
      add(digest, CodeStamp.class, CodeStamp::plays);
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    } catch (IOException | URISyntaxException failed) {
      throw new UncheckedIOException(
          "cannot read the classes that run", new IOException(failed.getMessage(), failed));
    }
  }

  /** Whether a class file of the lab, by its name, takes part in a trial. */
  static boolean plays(String name) {
    if (name.startsWith(SIM)) {
      return true;
    }
    String simple = name.startsWith(BENCH) ? name.substring(BENCH.length()) : "";
    return !simple.isEmpty()
        && !simple.contains("/")
        && SHOWING.stream()
            .noneMatch(s -> simple.equals(s + ".class") || simple.startsWith(s + "$"));
  }

  private static void add(MessageDigest digest, Class<?> inside, Predicate<String> counts)
      throws IOException, URISyntaxException {
    var from = Path.of(inside.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(from)) {
      add(digest, from, counts);
    } else {
      try (var jar = FileSystems.newFileSystem(from)) {
        add(digest, jar.getPath("/"), counts);
      }
    }
  }

  private static void add(MessageDigest digest, Path root, Predicate<String> counts)
      throws IOException {
    try (var all = Files.walk(root)) {
      var names =
          all.map(file -> root.relativize(file).toString().replace('\\', '/'))
              .filter(name -> name.endsWith(".class") && counts.test(name))
              .sorted()
              .toList();
      for (String name : names) {
        digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(root.resolve(name)));
      }
    }
  }
}
