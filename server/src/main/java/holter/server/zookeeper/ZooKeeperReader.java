package holter.server.zookeeper;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * Reads brokers' registrations, the controller, a topic's replica lists and settings, and quotas
 * from ZooKeeper, where clusters up to 3.9 may keep them. On 0.10 it is the only place that has
 * replica lists in their true order, and on any the only one that says when a broker registered.
 * Never writes. Thread-safe.
 */
public final class ZooKeeperReader {
  private final String connect;
  private final LongSupplier clockMs;

  /**
   * @param connect {@code host:port[,host:port…][/chroot]}
   * @param clockMs engine time
   */
  public ZooKeeperReader(String connect, LongSupplier clockMs) {
    this.connect = connect;
    this.clockMs = clockMs;
  }

  /**
   * Reads all there is, in one session of its own; what was not read by the deadline is named as
   * {@link Fact.Unasked}. The session is a local read-only one where the server allows it.
   *
   * @param topic whose replica lists are wanted
   * @param expected brokers known from elsewhere; one that is not registered is a fact
   */
  public ZooKeeperView read(String topic, Set<Integer> expected, Duration deadline) {
    var connected = new CompletableFuture<String>();
    try (Session session = Session.open(connect, deadline, connected)) {
      long endNs = System.nanoTime() + deadline.toNanos();
      connected.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new Registry(session.keeper(), connect, clockMs, endNs).read(topic, expected);
    } catch (TimeoutException late) {
      return silent(Sentence.of(UnaskedWords.NO_ANSWER, deadline.toMillis()));
    } catch (ExecutionException refused) {
      return silent(Sentence.of(UnaskedWords.NO_SESSION, String.valueOf(refused.getCause())));
    } catch (IOException | IllegalArgumentException nonsense) {
      return silent(Sentence.of(UnaskedWords.BAD_ADDRESS, String.valueOf(nonsense.getMessage())));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return silent(Sentence.of(UnaskedWords.INTERRUPTED));
    }
  }

  private ZooKeeperView silent(Sentence why) {
    var unasked =
        new Observation(
            Source.ZOOKEEPER,
            connect,
            clockMs.getAsLong(),
            new Fact.Unasked(Sentence.of(UnaskedWords.NODE, connect), why));
    return new ZooKeeperView(List.of(unasked), -1, Map.of());
  }

  /** A client that is let go without waiting for a server that does not answer. */
  private record Session(ZooKeeper keeper) implements AutoCloseable {
    static Session open(String connect, Duration deadline, CompletableFuture<String> connected)
        throws IOException {
      Watcher watcher = event -> note(event, connected);
      var config = new ZKClientConfig();
      if (System.getProperty("java.security.auth.login.config") == null) {
        // Without a login there is nothing to negotiate, and it costs a reverse lookup per server.
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
      }
      int timeoutMs = Math.toIntExact(deadline.toMillis());
      return new Session(new ZooKeeper(connect, timeoutMs, watcher, true, config));
    }

    private static void note(WatchedEvent event, CompletableFuture<String> connected) {
      switch (event.getState()) {
        case SyncConnected, ConnectedReadOnly -> connected.complete("");
        case AuthFailed -> connected.completeExceptionally(new IOException("not authorised"));
        default -> {}
      }
    }

    @Override
    public void close() {
      // Closing waits for the server's answer; a thread that nobody waits for can do that.
      Thread.ofVirtual().start(this::part);
    }

    private void part() {
      try {
        keeper.close(1000);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
