package holter.cli.lab;

import holter.cli.Refusal;
import holter.lab.process.HolterHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both {@code demo} and {@code lab run} may be told of a run. */
final class LabOptions {
  private static final String POM = ".pom.xml";
  private static final double MINUTES_MAX = 120;

  @Option(
      names = "--kafka",
      paramLabel = "VERSION",
      description = "Another version of Kafka: 0.10.1.1 (the incident's own), 3.9.2, 4.4.0 …")
  private @Nullable String kafka;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long the channel's faults last, instead of the scenario's own time.")
  private @Nullable Double minutes;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Where the record of the first incident goes.")
  private @Nullable Path record;

  /** The version asked for; null for the scenario's own. */
  @Nullable String kafka() {
    String given = kafka;
    List<String> known = known();
    if (given == null || known.isEmpty() || known.contains(given)) return given;
    throw Refusal.usage(
        "no Kafka version " + given,
        "Holter can start " + String.join(", ", known),
        "--kafka " + known.getLast());
  }

  /** How long faults last; null for the scenario's own time. */
  @Nullable Duration faultFor() {
    Double given = minutes;
    if (given == null) return null;
    if (given > 0 && given <= MINUTES_MAX) return Duration.ofMillis(Math.round(given * 60_000));
    throw Refusal.usage(
        "--minutes " + given, "a fault lasts more than 0 and at most 120", "--minutes 5");
  }

  @Nullable Path record() {
    return record;
  }

  /** The versions whose jars can be resolved; empty when that is not to be seen from here. */
  private static List<String> known() {
    Path poms = HolterHome.checkout().map(root -> root.resolve("lab/kafka")).orElse(Path.of(""));
    if (!Files.isDirectory(poms)) return List.of();
    try (Stream<Path> files = Files.list(poms)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(POM))
          .map(name -> name.substring(0, name.length() - POM.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
