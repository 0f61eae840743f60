package holter.server.host;

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
        throw new IOException("no exporter is configured, and it is not this machine");
      }
      return local.read(clockMs.getAsLong(), msSince(beganNs));
    }
    String text = get(address(host), deadline);
    HostReading reading = ExporterText.read(text, clockMs.getAsLong(), msSince(beganNs));
    if (reading.nics().isEmpty() && Double.isNaN(reading.cpuSeconds())) {
      throw new IOException("what answers at " + address(host) + " is no node_exporter");
    }
    return reading;
  }

  private URI address(String host) throws IOException {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    try {
      return URI.create(exporter.replace("{host}", bracketed));
    } catch (IllegalArgumentException nonsense) {
      throw new IOException("\"" + host + "\" makes no URL with " + exporter, nonsense);
    }
  }

  private String get(URI address, Duration deadline) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).GET().timeout(deadline).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX));
    try {
      HttpResponse<byte[]> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("its exporter answered HTTP " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (TimeoutException late) {
      throw new IOException("its exporter gave no answer in " + deadline.toMillis() + " ms", late);
    } catch (ExecutionException failed) {
      throw new IOException(words(failed.getCause(), deadline), failed);
    } finally {
      answer.cancel(true);
    }
  }

  private static String words(
      @org.jspecify.annotations.Nullable Throwable cause, Duration deadline) {
    return switch (cause) {
      case java.net.http.HttpTimeoutException late ->
          "its exporter gave no answer in " + deadline.toMillis() + " ms";
      case java.net.ConnectException refused -> "its exporter cannot be connected to";
      case java.nio.channels.UnresolvedAddressException nobody -> "its name does not resolve";
      case null -> "its exporter failed";
      default -> "its exporter failed: " + cause;
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
