package holter.lab.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A simulated API server on a free loopback port: pods, nodes and leases with optimistic locking,
 * preconditions, graceful deletion and watches. It can freeze, cut its watches, and forget what
 * changed. Thread-safe.
 */
public final class KubeSim implements AutoCloseable {
  private final ObjectStore store = new ObjectStore();
  private final KubeWatch watches = new KubeWatch(store);
  private final KubeApi api = new KubeApi(store, watches);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition thawed = lock.newCondition();
  private boolean frozen;

  public KubeSim() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException failed) {
      throw new UncheckedIOException("the simulator cannot listen on loopback", failed);
    }
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      waitWhileFrozen();
      api.handle(exchange);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitWhileFrozen() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (frozen) {
        thawed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Writes a kubeconfig whose one context, {@code sim}, leads here. */
  public Path writeKubeconfig(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: sim
        contexts:
          - { name: sim, context: { cluster: sim, user: sim, namespace: default } }
        clusters:
          - { name: sim, cluster: { server: "%s" } }
        users:
          - { name: sim, user: {} }
        """
            .formatted(url()));
  }

  /** A node with its kubelet. */
  public FakeKubelet node(String name) {
    return new FakeKubelet(store, name);
  }

  /** From now on every request is taken and none is answered, until it thaws. */
  public void freeze() {
    lock.lock();
    try {
      frozen = true;
    } finally {
      lock.unlock();
    }
  }

  public void thaw() {
    lock.lock();
    try {
      frozen = false;
      thawed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Cuts every watch under way. */
  public void cutWatches() {
    watches.cut();
  }

  /** Forgets all changes so far: who watches from before them is told 410. */
  public void forget() {
    store.compact();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.stop(0);
  }
}
