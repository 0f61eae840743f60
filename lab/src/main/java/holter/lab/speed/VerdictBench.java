package holter.lab.speed;

import holter.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How long a verdict takes: by HTTP, and by the command as a restart hook calls it. The server is a
 * real one beside a real broker, and hears every instance once a second meanwhile.
 */
public final class VerdictBench {
  private static final double HTTP_P99_MS_MAX = 10;
  private static final double COMMAND_P95_MS_MAX = 250;
  private static final int COMMAND_LIMIT_S = 30;

  /** A fleet of restart hooks asks far less often; eight clients make 800 questions a second. */
  private static final long PACE_NS = 10_000_000;

  private final Wish wish;
  private final Consumer<String> progress;

  /**
   * @param progress receives a line about each thing that takes time
   */
  public VerdictBench(Wish wish, Consumer<String> progress) {
    this.wish = wish;
    this.progress = progress;
  }

  /**
   * What is asked for.
   *
   * @param instances that beat
   * @param clients that ask at once: as fast as they are answered, then a hundred times a second
   * @param requests of all clients, of either kind; a quarter more warms up before
   * @param commands runs of the command, one after the other
   */
  public record Wish(int instances, int clients, int requests, int commands) {
    public Wish {
      if (instances < 1 || instances > 20_000 || clients < 1 || clients > 64) {
        throw new IllegalArgumentException("1 to 20000 instances, 1 to 64 clients");
      }
      if (requests < 100 || commands < 1 || commands > 1_000) {
        throw new IllegalArgumentException("at least 100 requests, 1 to 1000 commands");
      }
    }
  }

  /** Measures. */
  public SpeedResult run() throws InterruptedException {
    progress.accept("starting Kafka 3.9.2, one broker");
    try (var broker = OneBroker.start(progress);
        var feed = new BeatFeed(broker.bootstrap(), wish.instances)) {
      progress.accept("starting the orchestrator and %,d beats/s".formatted(wish.instances));
      var server = LiveServer.start(broker);
      feed.start();
      server.awaitAlive(wish.instances);
      progress.accept("asking by HTTP");
      ask(server, wish.requests / 4, 0);
      List<Double> hurried = ask(server, wish.requests, 0);
      List<Double> http = ask(server, wish.requests, PACE_NS);
      progress.accept("asking by the command");
      command(server, 0);
      List<Double> commands = new ArrayList<>();
      for (int n = 1; n <= wish.commands; n++) {
        commands.add(command(server, n));
      }
      return result(new Measured(http, hurried, commands), feed.latestMs());
    }
  }

  /** Milliseconds of each: questions at a pace, as fast as can be, and runs of the command. */
  private record Measured(List<Double> http, List<Double> hurried, List<Double> commands) {}

  /** Milliseconds of each request; one each {@code everyNs} and client, 0 for no pause. */
  private List<Double> ask(LiveServer server, int requests, long everyNs)
      throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(wish.clients)) {
      List<Future<List<Double>>> all = new ArrayList<>();
      for (int client = 0; client < wish.clients; client++) {
        int seed = client;
        all.add(threads.submit(() -> client(server, requests / wish.clients, seed, everyNs)));
      }
      List<Double> took = new ArrayList<>();
      for (Future<List<Double>> one : all) {
        took.addAll(one.get());
      }
      return took;
    } catch (ExecutionException failed) {
      throw new LabException("a verdict was not told; " + failed.getMessage(), failed);
    }
  }

  private List<Double> client(LiveServer server, int requests, int seed, long everyNs)
      throws IOException {
    var random = new Random(seed);
    var took = new ArrayList<Double>();
    long firstNs = System.nanoTime() + seed * everyNs / wish.clients;
    try (var connection = new KeepAlive(server.port())) {
      for (int n = 0; n < requests; n++) {
        String path = "/api/v1/verdict/" + BeatText.id(random.nextInt(wish.instances));
        // at a pace it counts from when it was due: a slow answer delays nobody unseen
        long begunNs = everyNs == 0 ? System.nanoTime() : firstNs + n * everyNs;
        for (long left = begunNs - System.nanoTime(); left > 0; ) {
          LockSupport.parkNanos(this, left);
          left = begunNs - System.nanoTime();
        }
        String answer = connection.get(path);
        took.add((System.nanoTime() - begunNs) / 1e6);
        if (!answer.contains("\"verdict\":\"alive\"")) {
          throw new IOException("not alive: " + answer);
        }
      }
    }
    return took;
  }

  /** Milliseconds of one run, from its start to its end. */
  private double command(LiveServer server, int n) throws InterruptedException {
    String instance = BeatText.id(n * 42 % wish.instances);
    Path launcher = LiveServer.launcher();
    try {
      long begunNs = System.nanoTime();
      Process process =
          new ProcessBuilder(launcher.toString(), "verdict", instance, "--server", server.url())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      boolean ended = process.waitFor(COMMAND_LIMIT_S, TimeUnit.SECONDS);
      double tookMs = (System.nanoTime() - begunNs) / 1e6;
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new LabException("holter verdict " + instance + " did not say alive");
      }
      return tookMs;
    } catch (IOException failed) {
      throw new LabException("cannot run " + launcher + "; " + failed.getMessage(), failed);
    }
  }

  private SpeedResult result(Measured ms, long beatsLateMs) {
    double p99 = SpeedResult.quantile(ms.http, 0.99);
    double p95 = SpeedResult.quantile(ms.commands, 0.95);
    var lines =
        List.of(
            "%,d instances, a beat a second each, at most %d ms late; %s"
                .formatted(wish.instances, beatsLateMs, SpeedResult.machine()),
            row("GET verdict, " + wish.clients + " × 100/s", told(ms.http)),
            row("GET verdict, unpaced", told(ms.hurried)),
            row(
                "holter verdict",
                "p50 %.0f ms  p95 %.0f ms  max %.0f ms  (%d runs)"
                    .formatted(
                        SpeedResult.median(ms.commands),
                        p95,
                        SpeedResult.quantile(ms.commands, 1),
                        ms.commands.size())));
    var broken = new ArrayList<String>();
    if (p99 > HTTP_P99_MS_MAX) {
      broken.add("GET verdict: p99 %.2f ms, wanted %.0f".formatted(p99, HTTP_P99_MS_MAX));
    }
    if (p95 > COMMAND_P95_MS_MAX) {
      broken.add("holter verdict: p95 %.0f ms, wanted %.0f".formatted(p95, COMMAND_P95_MS_MAX));
    }
    return new SpeedResult(lines, broken);
  }

  private static String told(List<Double> ms) {
    return "p50 %.2f ms  p99 %.2f ms  max %.2f ms  (%,d requests)"
        .formatted(
            SpeedResult.median(ms),
            SpeedResult.quantile(ms, 0.99),
            SpeedResult.quantile(ms, 1),
            ms.size());
  }

  private static String row(String name, String figures) {
    return String.format(Locale.ROOT, "%-26s %s", name, figures);
  }
}
