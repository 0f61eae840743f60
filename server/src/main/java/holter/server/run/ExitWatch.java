package holter.server.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.engine.Input;
import holter.fleet.InstanceId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of exits from the runner by a long poll, from where it left off. A runner without exit
 * events answers 404 and is not asked again; one that is away is asked again, more slowly.
 */
public final class ExitWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExitWatch.class);

  /** The protocol's long poll is up to 20 s. */
  private static final Duration POLL_MAX = Duration.ofSeconds(25);

  private static final Duration RETRY_MAX = Duration.ofSeconds(5);
  private static final int BODY_MAX = 1 << 20;

  private final String base;
  private final Consumer<Input> out;
  private final LongConsumer heardThrough;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final Thread thread;
  private long after;
  private volatile boolean closed;

  /**
   * @param url the runner's base
   * @param after the last exit number heard before; 0 for none
   * @param out takes each exit
   * @param heardThrough told the last number heard, so that it can be kept
   */
  public ExitWatch(String url, long after, Consumer<Input> out, LongConsumer heardThrough) {
    this.base = url.endsWith("/") ? url : url + "/";
    this.after = after;
    this.out = out;
    this.heardThrough = heardThrough;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    this.thread = Thread.ofVirtual().name("runner-exits").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    Duration rest = Duration.ofMillis(200);
    boolean away = false;
    while (!closed) {
      try {
        HttpResponse<String> answer = ask();
        if (answer.statusCode() == 404) {
          LOG.info("runner has no exit events; deaths are proved by other means");
          return;
        }
        if (answer.statusCode() != 200) {
          throw new IOException("runner answers " + answer.statusCode());
        }
        take(json.readTree(answer.body()));
        away = false;
        rest = Duration.ofMillis(200);
      } catch (IOException unreachable) {
        if (!away) {
          LOG.atWarn()
              .addKeyValue("why", unreachable.getClass().getSimpleName())
              .log("runner gives no exit events; trying on");
        }
        away = true;
        if (!pause(rest)) {
          return;
        }
        rest = rest.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : rest.multipliedBy(2);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private HttpResponse<String> ask() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "v1/exits?after=" + after))
            .timeout(POLL_MAX)
            .build();
    return http.send(
        request,
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), BODY_MAX));
  }

  private void take(JsonNode answer) throws IOException {
    if (answer == null || !answer.path("next").isIntegralNumber()) {
      throw new IOException("no exits in the answer");
    }
    long next = answer.path("next").asLong();
    if (next < after) {
      after = 0; // the runner lost its counter: hear what it has from its beginning
      return;
    }
    for (JsonNode exit : answer.path("exits")) {
      String instance = exit.path("instance").asText("");
      if (!instance.isBlank() && instance.length() <= 200) {
        out.accept(
            new Input.Exited(
                new InstanceId(instance),
                exit.path("incarnation").asLong(0),
                exit.path("exitCode").asInt(-1)));
      }
    }
    if (next > after) {
      after = next;
      heardThrough.accept(next);
    }
  }

  private boolean pause(Duration rest) {
    try {
      Thread.sleep(rest);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    http.shutdownNow();
  }
}
