package holter.lab.broker;

import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import holter.lab.process.OnceWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The jars of one version of Kafka, and the way to run a class of theirs. */
public final class KafkaDistribution {
  private static final long RESOLVE_MINUTES = 10;

  private final KafkaVersion version;
  private final Path home;
  private final String classPath;

  private KafkaDistribution(KafkaVersion version, Path home, String classPath) {
    this.version = version;
    this.home = home;
    this.classPath = classPath;
  }

  /**
   * Finds the jars, or has {@code tools/kafka-jars} resolve them, which takes up to a minute once.
   *
   * @param progress receives a line when something takes long
   * @throws LabException when they cannot be had
   */
  public static KafkaDistribution of(String version, Consumer<String> progress) {
    var parsed = KafkaVersion.of(version);
    Path home = HolterHome.path().resolve("kafka").resolve(version);
    Path libs = home.resolve("libs");
    if (HolterHome.checkout().isPresent()) {
      try (var _ = OnceWork.begin()) {
        resolve(HolterHome.checkout().get(), version, progress);
      }
    } else if (!Files.isDirectory(libs)) {
      throw new LabException(
          "no Kafka %s; %s does not exist; run tools/kafka-jars %s"
              .formatted(version, libs, version));
    }
    try (var jars = Files.list(libs)) {
      var classPath =
          jars.map(Path::toString).sorted().collect(Collectors.joining(java.io.File.pathSeparator));
      return new KafkaDistribution(parsed, home, classPath);
    } catch (IOException e) {
      throw new LabException("cannot list %s; %s".formatted(libs, e.getMessage()), e);
    }
  }

  private static void resolve(Path checkout, String version, Consumer<String> progress) {
    try {
      var tool =
          new ProcessBuilder(checkout.resolve("tools/kafka-jars").toString(), version)
              .redirectErrorStream(true)
              .start();
      tool.getOutputStream().close();
      String last = "";
      try (var lines = tool.inputReader(StandardCharsets.UTF_8)) {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("kafka-jars: resolving")) {
            progress.accept(line.substring("kafka-jars: ".length()));
          }
          last = line;
        }
      }
      if (!tool.waitFor(RESOLVE_MINUTES, TimeUnit.MINUTES) || tool.exitValue() != 0) {
        tool.destroyForcibly();
        throw new LabException(last);
      }
    } catch (IOException e) {
      throw new LabException("cannot run tools/kafka-jars; " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while resolving Kafka " + version, e);
    }
  }

  KafkaVersion version() {
    return version;
  }

  /** Where the jars, the class-data archive and the like of this version are. */
  Path home() {
    return home;
  }

  /** Where the class-data archive is once it was made: one per version of Java. */
  Path archive() {
    return home.resolve("classes-" + Runtime.version() + ".jsa");
  }

  /** The command that runs {@code mainClass}, with the archive if there is one. */
  List<String> command(List<String> flags, String mainClass, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    // warnings of the JVM about itself have no place in kafkaServer.out
    command.addAll(List.of("-Xlog:disable", "-XX:-UsePerfData"));
    // map the archive where it was made for, so that brokers share its pages
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0"));
    if (Files.exists(archive())) {
      command.add("-XX:SharedArchiveFile=" + archive());
    }
    if (version.major() < 3) {
      command.addAll(
          List.of(
              "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
              "--add-opens=java.base/java.nio=ALL-UNNAMED"));
    }
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }
}
