package holter.diagnose;

import java.util.List;

/** What Kubernetes says of the hosts and of what runs on them. */
public sealed interface KubeFact extends Fact {
  /**
   * A node of Kubernetes.
   *
   * @param conditions those that are amiss: {@code DiskPressure} …, {@code NotReady} when it is not
   *     ready
   * @param cordonedSinceWallMs −1 when not known or not cordoned
   * @param diskUsedShare of its root disk, NaN when not known
   */
  record NodeSeen(
      String node,
      boolean cordoned,
      long cordonedSinceWallMs,
      List<String> conditions,
      List<String> taints,
      double diskUsedShare)
      implements KubeFact {
    public NodeSeen {
      conditions = List.copyOf(conditions);
      taints = List.copyOf(taints);
    }

    boolean ready() {
      return !conditions.contains("NotReady");
    }
  }

  /**
   * A pod of Kubernetes.
   *
   * @param owner kind and name of what makes it: {@code Deployment/savoir-recv}; or empty
   * @param restarts of its containers together
   * @param lastReason why its container ended last: {@code OOMKilled}, {@code Evicted} …; or empty
   * @param lastExitCode −1 when none ended
   * @param eligible nodes that its selectors and affinities allow; empty when all are
   * @param bytesPerS of its network, NaN when not known
   */
  record PodSeen(
      String pod,
      String node,
      String owner,
      boolean ready,
      int restarts,
      String lastReason,
      int lastExitCode,
      List<String> eligible,
      double bytesPerS)
      implements KubeFact {
    public PodSeen {
      eligible = List.copyOf(eligible);
    }
  }

  /** An event of Kubernetes about a node or pod. */
  record KubeEvent(String kind, String name, String reason, String message, long lastWallMs)
      implements KubeFact {}
}
