package holter.server;

import holter.server.config.BadConfig;
import holter.server.config.HolterConfig;
import holter.server.http.PortTaken;
import holter.server.store.StoreBroken;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * The orchestrator, running.
 *
 * <pre>
 * Ears --inputs--> Inbox --> Loop(engine) --actions--> Carrier --> probes, runner, evidence, store
 *                              |
 *                              view --> FrontDesk --> API, stream, metrics
 * </pre>
 */
public final class Server implements AutoCloseable {
  private final Deque<AutoCloseable> open;
  private final Loop loop;
  private final Urls urls;

  /** Of the listeners; empty where there is none. */
  record Urls(String api, String agents, String probes) {}

  Server(Deque<AutoCloseable> open, Loop loop, Urls urls) {
    this.open = open;
    this.loop = loop;
    this.urls = urls;
  }

  /**
   * Starts and returns as soon as the API answers; a Kafka that is away is waited for, without end,
   * behind the API.
   *
   * @throws CannotStart with one line for every mistake that a user can make
   */
  public static Server start(HolterConfig config) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      return new Assembly(config, open).start();
    } catch (BadConfig | StoreBroken | PortTaken mistake) {
      closeAll(open);
      throw new CannotStart(String.valueOf(mistake.getMessage()));
    } catch (RuntimeException failed) {
      closeAll(open);
      throw failed;
    }
  }

  /** {@code http://host:port} of the API, with the port it got. */
  public String apiUrl() {
    return urls.api();
  }

  /** {@code http://host:port} of the agents' listener; empty when there is none. */
  public String agentsUrl() {
    return urls.agents();
  }

  /** {@code http://host:port} of the listener for probes and metrics; empty without one. */
  public String probesUrl() {
    return urls.probes();
  }

  /** Completes when the loop ends; exceptionally when it failed. */
  public CompletableFuture<Void> ended() {
    return loop.ended();
  }

  /** Stops within three seconds; what waits for the store is written first. Idempotent. */
  @Override
  public synchronized void close() {
    closeAll(open);
  }

  /** In the reverse order of opening: the store, opened first, closes last. */
  private static void closeAll(Deque<AutoCloseable> open) {
    AutoCloseable store = open.pollLast();
    Closing.together(open.stream().toList(), Duration.ofMillis(1_700));
    open.clear();
    if (store != null) {
      Closing.together(java.util.List.of(store), Duration.ofMillis(2_200));
    }
  }
}
