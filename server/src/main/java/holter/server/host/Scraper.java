package holter.server.host;

import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Takes one reading of one host, by HTTP or of this machine. Thread-safe. */
final class Scraper implements AutoCloseable {
  /** A scrape larger than this is not a node_exporter's. */
  private static final long BYTES_MAX = 16 << 20;

  private final String exporter;
  private final LongSupplier clockMs;
  private final LocalProc local = new LocalProc(Path.of("/"));
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  Scraper(String exporter, LongSupplier clockMs) {
    this.exporter = exporter;
    this.clockMs = clockMs;
  }

  /**
   * @throws IOException with a few words for people: refused, late, not an exporter
   */
  HostReading read(String host, Duration deadline) throws IOException, InterruptedException {
    long beganNs = System.nanoTime();
    if (exporter.isEmpty()) {
      if (!LocalProc.isHere(host)) {
        throw new Unanswered(UnaskedWords.NO_EXPORTER);
      }
      return local.read(clockMs.getAsLong(), msSince(beganNs));
    }
    String text = get(address(host), deadline);
    HostReading reading = ExporterText.read(text, clockMs.getAsLong(), msSince(beganNs));
    if (reading.nics().isEmpty() && Double.isNaN(reading.cpuSeconds())) {
      throw new Unanswered(UnaskedWords.NO_NODE_EXPORTER, address(host));
    }
    return reading;
  }

  private URI address(String host) throws IOException {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    try {
      return URI.create(exporter.replace("{host}", bracketed));
    } catch (IllegalArgumentException nonsense) {
      throw new Unanswered(UnaskedWords.NO_URL, host, exporter);
    }
  }

  private String get(URI address, Duration deadline) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).GET().timeout(deadline).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX));
    try {
      HttpResponse<byte[]> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new Unanswered(UnaskedWords.EXPORTER_STATUS, response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (TimeoutException late) {
      throw new Unanswered(UnaskedWords.EXPORTER_LATE, deadline.toMillis());
    } catch (ExecutionException failed) {
      throw unanswered(failed.getCause(), deadline);
    } finally {
      answer.cancel(true);
    }
  }

  private static Unanswered unanswered(
      @org.jspecify.annotations.Nullable Throwable cause, Duration deadline) {
    return switch (cause) {
      case java.net.http.HttpTimeoutException late ->
          new Unanswered(UnaskedWords.EXPORTER_LATE, deadline.toMillis());
      case java.net.ConnectException refused -> new Unanswered(UnaskedWords.EXPORTER_REFUSED);
      case java.nio.channels.UnresolvedAddressException nobody ->
          new Unanswered(UnaskedWords.EXPORTER_UNRESOLVED);
      case null, default -> new Unanswered(UnaskedWords.EXPORTER_FAILED, String.valueOf(cause));
    };
  }

  private static double msSince(long ns) {
    return (System.nanoTime() - ns) / 1e6;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
