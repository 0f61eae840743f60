package holter.lab.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holter.lab.kube.control.Controllers;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Kubernetes on a free loopback port: an API server with optimistic locking,
 * preconditions, patches, graceful deletion, eviction, roles and watches, and if it is asked for a
 * whole cluster around it. It can freeze, cut its watches, and forget what changed. Thread-safe.
 */
public final class KubeSim implements AutoCloseable {
  private static final Pace STILL = still();

  private final ObjectStore store = new ObjectStore();
  private final KubeWatch watches = new KubeWatch(store);
  private final Access access = new Access();
  private final KubeletFigures figures = new KubeletFigures();
  private final KubeApi api = new KubeApi(store, watches, access, figures);
  private final WriteLog writes = new WriteLog();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition thawed = lock.newCondition();
  private final Map<String, Role> roles = new TreeMap<>();
  private final Map<String, FakeKubelet> kubelets = new ConcurrentHashMap<>();
  private final List<PodOnNode.Listener> listeners = new CopyOnWriteArrayList<>();
  private final KubernetesClient client;
  private final Pace pace;
  private final @Nullable Controllers controllers;
  private boolean frozen;

  /** An API server alone: nobody schedules, nothing is counted, kubelets do not beat. */
  public KubeSim() {
    this(STILL, -1);
  }

  private KubeSim(Pace pace, long seed) {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException failed) {
      throw new UncheckedIOException("the simulator cannot listen on loopback", failed);
    }
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl(url())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    this.pace = pace;
    this.controllers = seed < 0 ? null : new Controllers(store, pace, seed, this::isFrozen);
  }

  private static Pace still() {
    var never = java.time.Duration.ZERO;
    return new Pace(never, never, never, never, never);
  }

  /**
   * A whole cluster: an API server, controllers, a scheduler; its nodes are made by {@link #node}.
   *
   * @param seed from 0: which of equally good nodes the scheduler takes
   */
  public static KubeSim cluster(Pace pace, long seed) {
    return new KubeSim(pace, Math.max(0, seed));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      waitWhileFrozen();
      api.handle(exchange);
      writes.note(exchange);
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

  private boolean isFrozen() {
    lock.lock();
    try {
      return frozen;
    } finally {
      lock.unlock();
    }
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /**
   * Gives a role, or changes what it may. It is a context of kubeconfigs that are written from then
   * on, named as its user; until then all is allowed to those who have the file.
   */
  public void grant(Role role) {
    access.grant(role);
    synchronized (roles) {
      roles.put(role.user(), role);
    }
  }

  /**
   * Writes a kubeconfig that leads here: the context {@code sim} may do all, and one for each role
   * that was granted.
   */
  public Path writeKubeconfig(Path file) throws IOException {
    return writeKubeconfig(file, "sim");
  }

  /** The same, with another current context: a role's user. */
  public Path writeKubeconfig(Path file, String current) throws IOException {
    StringBuilder contexts = new StringBuilder();
    StringBuilder users = new StringBuilder();
    synchronized (roles) {
      for (Role role : roles.values()) {
        String user = role.user();
        contexts.append(
            "  - { name: %s, context: { cluster: sim, user: %s, namespace: default } }\n"
                .formatted(user, user));
        users.append(
            "  - { name: %s, user: { token: \"%s\" } }\n".formatted(user, access.grant(role)));
      }
    }
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: %s
        clusters:
          - { name: sim, cluster: { server: "%s" } }
        contexts:
          - { name: sim, context: { cluster: sim, user: sim, namespace: default } }
        %susers:
          - { name: sim, user: {} }
        %s\
        """
            .formatted(current, url(), contexts, users));
  }

  /** A node with its kubelet: four cores, 16 GiB, 110 pods. */
  public FakeKubelet node(String name) {
    return node(NodeSpec.of(name));
  }

  /** A node with its kubelet; it is ready when this returns. */
  public FakeKubelet node(NodeSpec spec) {
    FakeKubelet kubelet =
        new FakeKubelet(new Wire(client, "kubelet"), spec, pace, new ByPods(), new Everybody());
    kubelets.put(spec.name(), kubelet);
    return kubelet;
  }

  /** Wakes a kubelet when a pod has changed. */
  private final class ByPods implements FakeKubelet.Wake {
    private static final Set<Kind> PODS = EnumSet.of(Kind.POD);

    @Override
    public long mark() {
      return store.changes().version();
    }

    @Override
    public void await(long mark, long ms) throws InterruptedException {
      store.changes().await(PODS, mark, ms);
    }
  }

  /** Tells all listeners. */
  private final class Everybody implements PodOnNode.Listener {
    @Override
    public void started(PodOnNode pod) {
      listeners.forEach(each -> each.started(pod));
    }

    @Override
    public void stopped(PodOnNode pod) {
      listeners.forEach(each -> each.stopped(pod));
    }
  }

  /** From now on hears of every pod that a kubelet starts or stops. */
  public void listen(PodOnNode.Listener listener) {
    listeners.add(listener);
  }

  /** The hands of somebody who sets a scene: they do by the API what a person would. */
  public KubeScene scene() {
    return new KubeScene(client, this);
  }

  /** What the kubelets count. */
  public KubeletFigures figures() {
    return figures;
  }

  /**
   * The kubelet of a node that was made here.
   *
   * @throws IllegalArgumentException when there is none
   */
  public FakeKubelet kubelet(String node) {
    FakeKubelet kubelet = kubelets.get(node);
    if (kubelet == null) throw new IllegalArgumentException("no node " + node + " was made");
    return kubelet;
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

  /** What the product has changed: {@code PATCH /api/v1/nodes/n1}, in the order of the answers. */
  public List<String> written() {
    return writes.all();
  }

  /** Cuts every watch under way. */
  public void cutWatches() {
    watches.cut();
  }

  /** Forgets all changes so far: who watches from before them is told 410. */
  public void forget() {
    store.changes().compact();
  }

  @Override
  public void close() {
    thaw();
    kubelets.values().forEach(FakeKubelet::close);
    if (controllers != null) controllers.close();
    threads.shutdownNow();
    client.close();
    http.stop(0);
  }
}
