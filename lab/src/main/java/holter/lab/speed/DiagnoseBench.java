package holter.lab.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How long the diagnosis of a large cluster takes: the command as a user calls it, in a heap of
 * {@value #HEAP_MB} MB, on a bundle whose logs are real files.
 */
public final class DiagnoseBench {
  private static final int HEAP_MB = 512;
  private static final double SECONDS_MAX = 30;
  private static final int COMMAND_LIMIT_S = 300;

  /** Exit code of a diagnosis that claims something. */
  private static final int FINDINGS = 10;

  private final Wish wish;
  private final Consumer<String> progress;

  /**
   * What is asked for.
   *
   * @param brokers of the cluster, with a log each
   * @param partitions of all topics
   * @param megabytes of all logs together
   */
  public record Wish(int brokers, int partitions, int megabytes) {
    public Wish {
      if (brokers < 50 || brokers > 500 || partitions < 1_000 || partitions > 50_000) {
        throw new IllegalArgumentException("50 to 500 brokers, 1000 to 50000 partitions");
      }
      if (megabytes < 50 || megabytes > 8_000) {
        throw new IllegalArgumentException("50 to 8000 megabytes of logs");
      }
    }
  }

  /**
   * @param progress receives a line about each thing that takes time
   */
  public DiagnoseBench(Wish wish, Consumer<String> progress) {
    this.wish = wish;
    this.progress = progress;
  }

  /** Measures; the files are gone afterwards. */
  public SpeedResult run() throws InterruptedException {
    Path dir = HolterHome.path().resolve("bench").resolve("diagnose");
    try {
      clear(dir);
      progress.accept("writing %,d MB of logs".formatted(wish.megabytes));
      long bytes =
          new LargeBundle(
                  dir.resolve("bundle"), wish.brokers, wish.partitions, (long) wish.megabytes << 20)
              .write();
      progress.accept("diagnosing");
      return result(bytes, diagnose(dir));
    } catch (IOException failed) {
      throw new LabException("cannot measure; " + failed.getMessage(), failed);
    } finally {
      clear(dir);
    }
  }

  /** What the command printed, and how long it took in all. */
  private record Answer(double seconds, int exit, JsonNode told) {}

  private static Answer diagnose(Path dir) throws IOException, InterruptedException {
    Path out = dir.resolve("answer.json");
    var command =
        new ProcessBuilder(
                LiveServer.launcher().toString(),
                "diagnose",
                "--bundle",
                dir.resolve("bundle").toString(),
                "-o",
                "json")
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    command.environment().put("HOLTER_JAVA_OPTS", "-Xmx" + HEAP_MB + "m");
    long begunNs = System.nanoTime();
    Process process = command.start();
    if (!process.waitFor(COMMAND_LIMIT_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new LabException("holter diagnose has not ended in " + COMMAND_LIMIT_S + " s");
    }
    double seconds = (System.nanoTime() - begunNs) / 1e9;
    return new Answer(seconds, process.exitValue(), new ObjectMapper().readTree(out.toFile()));
  }

  private SpeedResult result(long bytes, Answer answer) {
    JsonNode first = answer.told.path("diagnosis").path("found").path(0);
    int named = first.path("subject").path("brokerId").asInt(-1);
    var lines =
        List.of(
            "%d brokers, %,d partitions, %,d MB of logs, heap %d MB; %s"
                .formatted(
                    wish.brokers, wish.partitions, bytes >> 20, HEAP_MB, SpeedResult.machine()),
            "whole command %.1f s, %.0f MB/s; it names %s of broker %d, the starved one is %d"
                .formatted(
                    answer.seconds,
                    (bytes >> 20) / answer.seconds,
                    first.path("code").asText("nothing"),
                    named,
                    LargeBundle.SICK));
    var broken = new ArrayList<String>();
    if (answer.seconds > SECONDS_MAX) {
      broken.add("diagnose: %.1f s, wanted %.0f".formatted(answer.seconds, SECONDS_MAX));
    }
    if (answer.exit != FINDINGS || named != LargeBundle.SICK) {
      broken.add("diagnose: exit code %d, broker %d".formatted(answer.exit, named));
    }
    return new SpeedResult(lines, broken);
  }

  private static void clear(Path dir) {
    if (!Files.isDirectory(dir)) {
      return;
    }
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException kept) {
      throw new UncheckedIOException(dir + " cannot be removed", kept);
    }
  }
}
