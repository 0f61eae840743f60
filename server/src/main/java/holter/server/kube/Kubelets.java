package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.remedy.KubeNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What kubelets count: disks, and the network of each pod and of the whole node. They count from a
 * pod's start, so a rate is known from the second record on, by the records' own dates; where a
 * counter fell there is none. Thread-safe.
 */
final class Kubelets {
  /** How far back a disk's growth is measured. */
  private static final long TREND_MS = 30 * 60_000;

  private static final KubeNode.Disk UNTOLD =
      new KubeNode.Disk(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private final KubeCluster cluster;
  private final Map<String, Counted> counted = new ConcurrentHashMap<>();
  private final Map<String, Filled> filled = new ConcurrentHashMap<>();

  Kubelets(KubeCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What one kubelet told.
   *
   * @param diskUsedShare of the root disk; NaN when not told
   * @param bytesPerS of the whole node, the busier direction; NaN when not known yet
   * @param pods the same of each pod, by uid, where it is known
   * @param steady nothing is left that another record would tell
   */
  record Figures(
      double diskUsedShare,
      KubeNode.Disk disk,
      double bytesPerS,
      Map<String, Double> pods,
      boolean steady) {
    static final Figures NONE = new Figures(Double.NaN, UNTOLD, Double.NaN, Map.of(), true);
  }

  /** Bytes since a start, when that was, and the rate before it; NaN: not known. */
  private record Counted(long wallMs, double rx, double tx, int records, double bytesPerS) {
    Counted then(long laterMs, double laterRx, double laterTx) {
      if (laterMs <= wallMs) {
        return this;
      }
      double most = Math.max(laterRx - rx, laterTx - tx);
      boolean further = laterRx >= rx && laterTx >= tx;
      double rate = further ? most * 1000 / (laterMs - wallMs) : Double.NaN;
      return new Counted(laterMs, laterRx, laterTx, records + 1, rate);
    }
  }

  /** How full a disk was first, and how it has grown since. */
  private record Filled(long wallMs, double used, double grownPerS) {
    Filled then(long laterMs, double laterUsed) {
      if (laterMs - wallMs > TREND_MS) {
        return new Filled(laterMs, laterUsed, grownPerS);
      }
      return laterMs <= wallMs
          ? this
          : new Filled(wallMs, used, (laterUsed - used) * 1000 / (laterMs - wallMs));
    }
  }

  /**
   * Asks the kubelet of a node, through the API server.
   *
   * @throws KubernetesClientException when it does not tell
   */
  Figures ask(String node) {
    JsonNode told =
        cluster
            .tree("/api/v1/nodes/" + node + "/proxy/stats/summary")
            .orElseThrow(() -> new KubernetesClientException("its kubelet tells no figures"));
    var rates = new HashMap<String, Double>();
    boolean steady = true;
    for (JsonNode pod : told.path("pods")) {
      String uid = pod.path("podRef").path("uid").asText();
      JsonNode network = pod.path("network");
      if (tells(network)) {
        Counted now = counted(uid, network);
        steady &= now.records() > 1;
        if (!Double.isNaN(now.bytesPerS())) rates.put(uid, now.bytesPerS());
      }
    }
    JsonNode network = told.path("node").path("network");
    double whole = Double.NaN;
    if (tells(network)) {
      Counted now = counted("node/" + node, network);
      steady &= now.records() > 1;
      whole = now.bytesPerS();
    }
    KubeNode.Disk disk = disk(node, told);
    double share = disk.usedBytes() / disk.capacityBytes();
    boolean grown = Double.isNaN(share) || !Double.isNaN(disk.grownBytesPerS());
    return new Figures(share, disk, whole, rates, steady && grown);
  }

  private static boolean tells(JsonNode network) {
    return KubeNodes.wallMs(network.path("time").asText("")) >= 0
        && network.has("txBytes")
        && network.has("rxBytes");
  }

  private Counted counted(String key, JsonNode network) {
    if (counted.size() > Pages.MOST) {
      counted.clear();
    }
    long wallMs = KubeNodes.wallMs(network.path("time").asText(""));
    double rx = network.path("rxBytes").asDouble();
    double tx = network.path("txBytes").asDouble();
    Counted first = new Counted(wallMs, rx, tx, 1, Double.NaN);
    return counted.merge(key, first, (before, _) -> before.then(wallMs, rx, tx));
  }

  private KubeNode.Disk disk(String node, JsonNode told) {
    JsonNode root = told.path("node").path("fs");
    JsonNode images = told.path("node").path("runtime").path("imageFs");
    double used = used(root);
    double inodes = root.path("inodes").asDouble(0);
    double inodesShare =
        inodes > 0 && root.has("inodesFree")
            ? (inodes - root.path("inodesFree").asDouble()) / inodes
            : Double.NaN;
    return new KubeNode.Disk(
        capacity(root),
        used,
        capacity(images),
        used(images),
        inodesShare,
        grown(node, KubeNodes.wallMs(root.path("time").asText("")), used));
  }

  private double grown(String node, long wallMs, double used) {
    if (wallMs < 0 || Double.isNaN(used)) {
      return Double.NaN;
    }
    Filled first = new Filled(wallMs, used, Double.NaN);
    return filled.merge(node, first, (before, _) -> before.then(wallMs, used)).grownPerS();
  }

  private static double capacity(JsonNode disk) {
    double bytes = disk.path("capacityBytes").asDouble(0);
    return bytes > 0 ? bytes : Double.NaN;
  }

  /** What is not available, as the kubelet's own thresholds have it; of images not their sizes. */
  private static double used(JsonNode disk) {
    return disk.has("availableBytes")
        ? capacity(disk) - disk.path("availableBytes").asDouble()
        : Double.NaN;
  }
}
