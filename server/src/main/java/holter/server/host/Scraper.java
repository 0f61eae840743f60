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
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * Takes readings of hosts, by HTTP or of this machine. A connection serves from scrape to scrape: a
 * new one would have to pass a full network twice more. Thread-safe.
 */
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
    try (Scrape scrape = begin(host, deadline)) {
      return scrape.finish(deadline);
    }
  }

  /**
   * Asks a host that may take up to {@code patience}, connecting included.
   *
   * @throws IOException as {@link #read}
   */
  Scrape begin(String host, Duration patience) throws IOException {
    long beganNs = System.nanoTime();
    if (exporter.isEmpty()) {
      if (!LocalProc.isHere(host)) {
        throw new Unanswered(UnaskedWords.NO_EXPORTER);
      }
      HostReading here = local.read(clockMs.getAsLong(), msSince(beganNs));
      var read = CompletableFuture.completedFuture(here);
      return new Scrape(read, read);
    }
    URI address = address(host);
    HttpRequest request = HttpRequest.newBuilder(address).GET().timeout(patience).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX));
    return new Scrape(answer, answer.thenApply(response -> reading(response, address, beganNs)));
  }

  private HostReading reading(HttpResponse<byte[]> response, URI address, long beganNs) {
    if (response.statusCode() != 200) {
      throw unusable(UnaskedWords.EXPORTER_STATUS, response.statusCode());
    }
    String text = new String(response.body(), StandardCharsets.UTF_8);
    HostReading reading = ExporterText.read(text, clockMs.getAsLong(), msSince(beganNs));
    if (reading.nics().isEmpty() && Double.isNaN(reading.cpuSeconds())) {
      throw unusable(UnaskedWords.NO_NODE_EXPORTER, address);
    }
    return reading;
  }

  private static CompletionException unusable(UnaskedWords why, Object arg) {
    return new CompletionException(new Unanswered(why, arg));
  }

  private URI address(String host) throws IOException {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    try {
      return URI.create(exporter.replace("{host}", bracketed));
    } catch (IllegalArgumentException nonsense) {
      throw new Unanswered(UnaskedWords.NO_URL, host, exporter);
    }
  }

  private static double msSince(long ns) {
    return (System.nanoTime() - ns) / 1e6;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
