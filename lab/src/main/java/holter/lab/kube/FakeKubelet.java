package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The kubelet of one node, over HTTP, so that it serves a real API server as well: tells how the
 * node is, runs what is bound to it, starts again what ended, lets go what is deleted. Its
 * containers are no processes; {@link #ends} says when one ends. Thread-safe.
 */
public final class FakeKubelet implements AutoCloseable {
  private static final long ANYWAY_MS = 500;
  private static final int TRIES = 10;

  private final Wire wire;
  private final NodeSpec spec;
  private final Pace pace;
  private final Wake wake;
  private final PodOnNode.Listener listener;
  private final NodeWord word;
  private final Map<String, PodOnNode> running = new HashMap<>();
  private final Map<String, Long> seenNs = new HashMap<>();
  private final Set<String> unready = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private final ReentrantLock turn = new ReentrantLock();
  private boolean silent;

  /** Waits until pods may have changed. */
  interface Wake {
    /** What to hand over to {@link #await}, taken before the pods are read. */
    long mark();

    void await(long mark, long ms) throws InterruptedException;

    /** By the clock alone, at least so often. */
    static Wake every(long mostMs) {
      return new Wake() {
        @Override
        public long mark() {
          return 0;
        }

        @Override
        public void await(long mark, long ms) throws InterruptedException {
          Thread.sleep(Math.min(mostMs, ms));
        }
      };
    }
  }

  /**
   * Makes the node, if it is not there, and starts; when it returns the node is ready.
   *
   * @param wire as {@code kubelet}
   */
  FakeKubelet(Wire wire, NodeSpec spec, Pace pace, Wake wake, PodOnNode.Listener listener) {
    this.wire = wire;
    this.spec = spec;
    this.pace = pace;
    this.wake = wake;
    this.listener = listener;
    this.word = new NodeWord(wire, spec);
    word.tell();
    if (!pace.heartbeat().isZero()) {
      word.renew();
    }
    this.thread = Thread.ofVirtual().name("kubelet-" + spec.name()).start(this::run);
  }

  /** On any cluster, by the clock alone: a node that can be thrown away. */
  public static FakeKubelet on(Wire wire, NodeSpec spec, Pace pace) {
    long oftenMs = 2 * pace.control().toMillis();
    return new FakeKubelet(wire, spec, pace, Wake.every(oftenMs), NOBODY);
  }

  static final PodOnNode.Listener NOBODY =
      new PodOnNode.Listener() {
        @Override
        public void started(PodOnNode pod) {}

        @Override
        public void stopped(PodOnNode pod) {}
      };

  /** The node's name. */
  public String node() {
    return spec.name();
  }

  private void run() {
    long toldNs = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long mark = wake.mark();
        long beatNs = pace.heartbeat().toNanos();
        boolean beat = beatNs > 0 && System.nanoTime() - toldNs >= beatNs;
        if (beat) toldNs = System.nanoTime();
        long waitMs = turn(beat);
        long nextMs = beatNs == 0 ? waitMs : (toldNs + beatNs - System.nanoTime()) / 1_000_000;
        wake.await(mark, Math.clamp(nextMs, 1, waitMs));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at everything; how long to wait for the next one. */
  private long turn(boolean beat) {
    turn.lock();
    try {
      if (silent) {
        return ANYWAY_MS;
      }
      if (beat) {
        word.tell();
        word.cordon();
        word.renew();
      }
      return pods() ? Math.min(ANYWAY_MS, pace.startup().toMillis() + 1) : ANYWAY_MS;
    } catch (UncheckedIOException unanswered) {
      return ANYWAY_MS; // it tries again
    } finally {
      turn.unlock();
    }
  }

  /** Does what is to be done about its pods; true when one of them is about to start. */
  private boolean pods() {
    var listed = wire.get("/api/v1/pods?fieldSelector=spec.nodeName%3D" + spec.name());
    if (!listed.ok()) {
      return false;
    }
    boolean starting = false;
    List<String> uids = new ArrayList<>();
    for (JsonNode pod : listed.body().path("items")) {
      uids.add(Json.uid(pod));
      starting |= sync(pod);
    }
    for (String uid : List.copyOf(running.keySet())) {
      if (!uids.contains(uid)) stopped(uid); // taken away by force
    }
    seenNs.keySet().retainAll(uids);
    return starting;
  }

  private boolean sync(JsonNode pod) {
    String path = path(Json.namespace(pod), Json.name(pod));
    String phase = pod.at("/status/phase").asText();
    if (Json.leaving(pod)) {
      if (PodWord.running(pod)) {
        status(path, each -> PodWord.end(each, PodWord.SIGTERM, false));
      }
      stopped(Json.uid(pod));
      ObjectNode options = Json.object().put("apiVersion", "v1").put("kind", "DeleteOptions");
      options.put("gracePeriodSeconds", 0).putObject("preconditions").put("uid", Json.uid(pod));
      wire.send("DELETE", path, Wire.JSON, options);
    } else if (phase.equals("Pending")) {
      long since = seenNs.computeIfAbsent(Json.uid(pod), uid -> System.nanoTime());
      if (System.nanoTime() - since < pace.startup().toNanos()) {
        return true;
      }
      status(path, each -> PodWord.begin(each, spec.name()));
      running.put(Json.uid(pod), PodOnNode.of(pod));
      listener.started(PodOnNode.of(pod));
    } else if (phase.equals("Running")) {
      if (running.putIfAbsent(Json.uid(pod), PodOnNode.of(pod)) == null) {
        listener.started(PodOnNode.of(pod));
      }
      boolean ready = PodWord.allReady(pod) && !unready.contains(path);
      if (ready != Json.conditionStatus(pod, "Ready").equals("True")) {
        status(path, each -> PodWord.ready(each, ready));
      }
    } else {
      stopped(Json.uid(pod));
    }
    return false;
  }

  private void stopped(String uid) {
    PodOnNode pod = running.remove(uid);
    if (pod != null) listener.stopped(pod);
  }

  private static String path(String namespace, String name) {
    return "/api/v1/namespaces/" + namespace + "/pods/" + name;
  }

  /** Writes the status of a pod, of the version just read; that of one that is gone never. */
  private void status(String path, Consumer<ObjectNode> how) {
    for (int i = 0; i < TRIES; i++) {
      Wire.Answer read = wire.get(path);
      if (!(read.ok() && read.body() instanceof ObjectNode pod)) {
        return;
      }
      how.accept(pod);
      Wire.Answer written = wire.send("PUT", path + "/status", Wire.JSON, pod);
      if (written.ok() || written.code() != 409) {
        return;
      }
    }
  }

  /** What a kubelet does when containers of a pod have ended. */
  public enum Then {
    /** It has not come to start them again. */
    NOTHING,
    /** It started them again; only the last state tells of the end. */
    STARTED_AGAIN,
    /** It waits, longer each time. */
    BACKS_OFF,
    /** The restart policy lets them be. */
    LETS_BE
  }

  /** The containers of a pod end. */
  public void ends(String namespace, String name, int exitCode, Then then) {
    status(path(namespace, name), pod -> PodWord.ends(pod, exitCode, then));
  }

  /** A pod's readiness probe fails from now on, or succeeds again. */
  public void podReady(String namespace, String name, boolean ready) {
    String path = path(namespace, name);
    if (ready) {
      unready.remove(path);
    } else {
      unready.add(path);
    }
    status(path, pod -> PodWord.ready(pod, ready));
  }

  /** The node's Ready condition: True, or Unknown. */
  public void ready(boolean ready) {
    word.set("Ready", ready ? "True" : "Unknown", ready ? "KubeletReady" : "NodeStatusUnknown");
  }

  /** Whether its disk is too full. */
  public void diskPressure(boolean pressure) {
    word.set(
        "DiskPressure",
        pressure ? "True" : "False",
        pressure ? "KubeletHasDiskPressure" : "KubeletHasNoDiskPressure");
  }

  /**
   * Says nothing any more: no status, no lease, and what is bound to it is not done. Waits for what
   * is being done.
   */
  public void silent(boolean now) {
    turn.lock();
    try {
      silent = now;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
