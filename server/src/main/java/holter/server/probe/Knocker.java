package holter.server.probe;

import holter.engine.Input;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Knocks at the hosts of workers, at their exporter's port: a connection that is taken or refused
 * says that the host lives, one that nothing answers says nothing by itself. One knock per host is
 * under way at most; hosts beyond {@link #HOSTS_MAX} are not knocked at. Thread-safe.
 */
public final class Knocker implements AutoCloseable {
  /** Five hundred connections a second are no load, more hosts would make it one. */
  static final int HOSTS_MAX = 1_000;

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int TIMEOUT_MS = 1_500;

  private final AllowList allowed;
  private final String exporter;
  private final Supplier<Set<String>> hosts;
  private final Consumer<Input> out;
  private final LongSupplier nowMs;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holter-knocker").factory());

  /**
   * Knocks every two seconds from now on.
   *
   * @param exporter where a host's exporter is: a URL with {@code {host}} in it
   * @param hosts the hosts of workers, as of now
   * @param out takes each {@link Input.Knocked}
   * @param nowMs engine time
   */
  public static Knocker start(
      AllowList allowed,
      String exporter,
      Supplier<Set<String>> hosts,
      Consumer<Input> out,
      LongSupplier nowMs) {
    var knocker = new Knocker(allowed, exporter, hosts, out, nowMs);
    var _ =
        knocker.timer.scheduleAtFixedRate(
            knocker::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return knocker;
  }

  Knocker(
      AllowList allowed,
      String exporter,
      Supplier<Set<String>> hosts,
      Consumer<Input> out,
      LongSupplier nowMs) {
    this.allowed = allowed;
    this.exporter = exporter;
    this.hosts = hosts;
    this.out = out;
    this.nowMs = nowMs;
  }

  /** Knocks once at every host that is not being knocked at. */
  void round() {
    hosts.get().stream()
        .limit(HOSTS_MAX)
        .filter(underWay::add)
        .forEach(host -> threads.execute(() -> knock(host)));
  }

  private void knock(String host) {
    try {
      AllowList.Target target = allowed.target(exporter.replace("{host}", bracketed(host)));
      long beganMs = nowMs.getAsLong();
      boolean answered = answers(target);
      out.accept(new Input.Knocked(host, answered, beganMs, nowMs.getAsLong()));
    } catch (AllowList.NotAllowed notAsked) {
      // a host that may not be asked, or has no address, has no witness
    } finally {
      underWay.remove(host);
    }
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static boolean answers(AllowList.Target target) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(target.address(), target.port()), TIMEOUT_MS);
      return true;
    } catch (ConnectException refused) {
      return String.valueOf(refused.getMessage()).contains("refused");
    } catch (IOException dark) {
      return false;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
