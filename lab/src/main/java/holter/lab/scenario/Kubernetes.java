package holter.lab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Kubernetes around the brokers: each broker's host is a node of it.
 *
 * @param nodes those that are not as others
 * @param workloads Deployments; their pods move bytes while a {@code nicSaturate} names them
 */
public record Kubernetes(Map<String, NodeState> nodes, List<Workload> workloads) {
  private static final int PERCENT = 100;

  /** What a kubelet takes when nobody says. */
  private static final int PODS = 110;

  public Kubernetes {
    nodes = nodes == null ? Map.of() : Map.copyOf(nodes);
    workloads = Scenario.listOf(workloads);
  }

  static Kubernetes none() {
    return new Kubernetes(Map.of(), List.of());
  }

  /** Whether there is any. */
  public boolean present() {
    return !workloads.isEmpty() || !nodes.isEmpty();
  }

  /** A Deployment by its name. */
  public Optional<Workload> workload(String name) {
    return workloads.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * How a node is when the run begins.
   *
   * @param cordoned by hand, with {@code kubectl}
   * @param diskPercent how full its disk is
   * @param pods how many it takes; 110 by default
   * @param calmFor since when its conditions are what they are; 6 h by default
   */
  public record NodeState(boolean cordoned, int diskPercent, int pods, Duration calmFor) {
    /** An hour or more ago is long ago for whoever looks at half an hour. */
    public static final NodeState USUAL = new NodeState(false, 40, PODS, Duration.ofHours(6));

    public NodeState {
      diskPercent = diskPercent == 0 ? 40 : diskPercent;
      pods = pods == 0 ? PODS : pods;
      calmFor = calmFor == null ? Duration.ofHours(6) : calmFor;
      if (diskPercent < 0 || diskPercent > PERCENT) {
        throw new IllegalArgumentException(diskPercent + " is no share of a disk, in percent");
      }
    }
  }

  /**
   * A Deployment.
   *
   * @param node that its pods are pinned to by a node selector; empty: anywhere
   * @param rate of each pod, in each direction that it uses; absent: as much as it can
   */
  public record Workload(String name, int replicas, String node, @Nullable Rate rate) {
    public Workload {
      replicas = replicas == 0 ? 1 : replicas;
      node = node == null ? "" : node;
    }

    /** Of each pod; 0 is as much as it can. */
    public long bytesPerS() {
      return rate == null ? 0 : rate.bytesPerS();
    }
  }
}
