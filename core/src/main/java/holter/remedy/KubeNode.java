package holter.remedy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node of Kubernetes as it was read. Figures that nobody told are NaN, moments −1.
 *
 * @param conditions each as the kubelet tells it
 * @param leaseAgeMs since its kubelet renewed its lease
 * @param events of it that Kubernetes or we ourselves remember
 * @param marks keys of labels, annotations and taints: tools that own nodes leave theirs
 * @param zone by its label {@code topology.kubernetes.io/zone}; empty when it has none
 */
public record KubeNode(
    String name,
    String uid,
    Room room,
    Optional<Cordon> cordon,
    List<Taint> taints,
    List<Condition> conditions,
    long leaseAgeMs,
    Disk disk,
    List<NodeEvent> events,
    Set<String> marks,
    String zone) {
  public KubeNode {
    taints = List.copyOf(taints);
    conditions = List.copyOf(conditions);
    events = List.copyOf(events);
    marks = Set.copyOf(marks);
  }

  /** A node without a zone. */
  public KubeNode(
      String name,
      String uid,
      Room room,
      Optional<Cordon> cordon,
      List<Taint> taints,
      List<Condition> conditions,
      long leaseAgeMs,
      Disk disk,
      List<NodeEvent> events,
      Set<String> marks) {
    this(name, uid, room, cordon, taints, conditions, leaseAgeMs, disk, events, marks, "");
  }

  /**
   * What it has.
   *
   * @param nicBytesPerS of its network, one direction
   * @param usedNicBytesPerS in the busier direction, all pods and the host itself
   */
  public record Room(
      int pods, long cpuM, long memoryBytes, double nicBytesPerS, double usedNicBytesPerS) {
    /** How full its network is; NaN when not known. */
    public double nicShare() {
      return usedNicBytesPerS / nicBytesPerS;
    }
  }

  /**
   * Closed to new pods.
   *
   * @param by the field's manager: {@code kubectl} …; empty when not told
   */
  public record Cordon(String by, long sinceWallMs) {}

  /**
   * @param effect {@code NoSchedule}, {@code NoExecute}, {@code PreferNoSchedule}
   */
  public record Taint(String key, String value, String effect) {}

  /**
   * @param status {@code True}, {@code False}, {@code Unknown}
   */
  public record Condition(String type, String status, long sinceWallMs) {}

  /**
   * Its root file system and its images'.
   *
   * @param inodesUsedShare of the root file system
   * @param grownBytesPerS over the time that was looked at; negative when it shrinks
   */
  public record Disk(
      double capacityBytes,
      double usedBytes,
      double imageCapacityBytes,
      double imageUsedBytes,
      double inodesUsedShare,
      double grownBytesPerS) {}

  /** Something that happened to it: {@code NodeHasDiskPressure}, {@code ImageGCFailed} … */
  public record NodeEvent(String reason, long wallMs) {
    /** Stands for events that could not be read: none is not known. */
    public static final NodeEvent UNREAD = new NodeEvent("", -1);
  }

  /** A condition's state; empty when it is not told. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(each -> each.type().equals(type)).findFirst();
  }

  /** Whether its kubelet says that it is ready; not to know is not to be. */
  public boolean ready() {
    return condition("Ready").filter(c -> c.status().equals("True")).isPresent();
  }
}
