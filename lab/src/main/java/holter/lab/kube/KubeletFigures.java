package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelets count: each pod's network since its start, disks, pressure; as {@code
 * /stats/summary} tells it. What nobody set is not told. Thread-safe.
 */
public final class KubeletFigures {
  private static final double NS_PER_S = 1e9;

  private final Map<String, Traffic> traffic = new HashMap<>();
  private final Map<String, Counter> counters = new HashMap<>();
  private final Map<String, Disk> disks = new ConcurrentHashMap<>();
  private final Map<String, Pressure> pressures = new ConcurrentHashMap<>();
  private final Set<String> mute = ConcurrentHashMap.newKeySet();

  /** Where bytes come from: a rate, or somebody who counts real ones. */
  private record Traffic(double rxPerS, double txPerS, @Nullable Counting counted) {}

  /** Who counts real bytes. */
  private record Counting(LongSupplier rx, LongSupplier tx) {}

  /** What a pod has counted up to a moment, and what it is counted by since. */
  private record Counter(long nanos, double rx, double tx, String key, Traffic by) {
    Counter now() {
      long now = System.nanoTime();
      if (by.counted() != null) {
        return new Counter(
            now, by.counted().rx().getAsLong(), by.counted().tx().getAsLong(), key, by);
      }
      double s = (now - nanos) / NS_PER_S;
      return new Counter(now, rx + by.rxPerS() * s, tx + by.txPerS() * s, key, by);
    }
  }

  /**
   * A node's root disk.
   *
   * @param inodesUsed of {@code inodes}
   */
  public record Disk(long capacityBytes, long usedBytes, long inodes, long inodesUsed) {}

  /** Shares of the last ten seconds in which something waited, in percent. */
  public record Pressure(double cpu, double memory, double io) {}

  /**
   * What a pod takes and gives from now on.
   *
   * @param workload a pod's name, or that of what made it: {@code proxy} is every {@code proxy-…}
   */
  public void network(String namespace, String workload, double rxBytesPerS, double txBytesPerS) {
    put(namespace + "/" + workload, new Traffic(rxBytesPerS, txBytesPerS, null));
  }

  /** Bytes that somebody really counts for a pod. */
  public void counted(String namespace, String workload, LongSupplier rx, LongSupplier tx) {
    put(namespace + "/" + workload, new Traffic(0, 0, new Counting(rx, tx)));
  }

  private synchronized void put(String key, Traffic now) {
    traffic.put(key, now);
    counters.replaceAll(
        (uid, counter) -> {
          if (!counter.key().equals(key)) return counter;
          Counter then = counter.now();
          return new Counter(then.nanos(), then.rx(), then.tx(), key, now);
        });
  }

  public void disk(String node, Disk disk) {
    disks.put(node, disk);
  }

  public void pressure(String node, Pressure pressure) {
    pressures.put(node, pressure);
  }

  /** Its kubelet gives no figures, or does again. */
  public void mute(String node, boolean silent) {
    if (silent) {
      mute.add(node);
    } else {
      mute.remove(node);
    }
  }

  /**
   * What the node's kubelet tells.
   *
   * @throws Refusal 503 when nothing was ever set, as when no kubelet answers
   */
  synchronized ObjectNode summary(JsonNode node, List<ObjectNode> pods) {
    String name = Json.name(node);
    boolean nothing = traffic.isEmpty() && !disks.containsKey(name) && !pressures.containsKey(name);
    if (nothing || mute.contains(name)) {
      throw Refusal.unavailable("error trying to reach service: dial tcp: connection refused");
    }
    ObjectNode summary = Json.object();
    ObjectNode told = summary.putObject("node").put("nodeName", name);
    disk(told, name);
    pressure(told, name);
    ArrayNode all = summary.putArray("pods");
    double rx = 0;
    double tx = 0;
    Set<String> uids = new java.util.HashSet<>();
    for (JsonNode pod : pods) {
      uids.add(Json.uid(pod));
      if (!pod.at("/spec/nodeName").asText().equals(name) || !running(pod)) continue;
      ObjectNode one = all.addObject();
      one.putObject("podRef")
          .put("name", Json.name(pod))
          .put("namespace", Json.namespace(pod))
          .put("uid", Json.uid(pod));
      Counter counter = counter(pod);
      if (counter != null && !pod.at("/spec/hostNetwork").asBoolean()) {
        network(one, counter.rx(), counter.tx());
      }
      rx += counter == null ? 0 : counter.rx();
      tx += counter == null ? 0 : counter.tx();
    }
    network(told, rx, tx);
    counters.keySet().retainAll(uids);
    return summary;
  }

  private static boolean running(JsonNode pod) {
    return pod.at("/status/phase").asText().equals("Running");
  }

  /** Null when nobody said anything about the pod. */
  private @Nullable Counter counter(JsonNode pod) {
    Counter before = counters.get(Json.uid(pod));
    if (before == null) {
      String name = Json.namespace(pod) + "/" + Json.name(pod);
      String best = "";
      for (String key : traffic.keySet()) {
        boolean its = name.equals(key) || name.startsWith(key + "-");
        if (its && key.length() > best.length()) best = key;
      }
      Traffic by = traffic.get(best);
      if (by == null) return null;
      before = new Counter(System.nanoTime(), 0, 0, best, by);
    }
    Counter now = before.now();
    counters.put(Json.uid(pod), now);
    return now;
  }

  private static void network(ObjectNode where, double rx, double tx) {
    ObjectNode network = where.putObject("network").put("time", Json.nowMicros());
    network.put("name", "eth0");
    network.put("rxBytes", (long) rx).put("rxErrors", 0);
    network.put("txBytes", (long) tx).put("txErrors", 0);
  }

  private void disk(ObjectNode told, String node) {
    Disk disk = disks.get(node);
    if (disk == null) return;
    ObjectNode fs = told.putObject("fs").put("time", Json.nowMicros());
    fs.put("capacityBytes", disk.capacityBytes());
    fs.put("usedBytes", disk.usedBytes());
    fs.put("availableBytes", disk.capacityBytes() - disk.usedBytes());
    fs.put("inodes", disk.inodes()).put("inodesUsed", disk.inodesUsed());
    fs.put("inodesFree", disk.inodes() - disk.inodesUsed());
    told.putObject("runtime").set("imageFs", fs.deepCopy());
  }

  private void pressure(ObjectNode told, String node) {
    Pressure pressure = pressures.get(node);
    if (pressure == null) return;
    psi(told.putObject("cpu"), pressure.cpu());
    psi(told.putObject("memory"), pressure.memory());
    psi(told.putObject("io"), pressure.io());
  }

  private static void psi(ObjectNode where, double some) {
    ObjectNode psi = where.put("time", Json.nowMicros()).putObject("psi");
    psi.putObject("some").put("avg10", some).put("avg60", some).put("avg300", some);
    psi.putObject("full").put("avg10", 0).put("avg60", 0).put("avg300", 0);
  }
}
