package holter.remedy;

import java.util.Set;

/**
 * What is asked of {@link KubePlanner}.
 *
 * @param critical hosts whose crowded network makes heartbeats late: of brokers, receivers, proxies
 * @param limit share of its network that a critical host may use, above 0 and at most 1
 * @param leave what may be done at all
 */
public record KubeAsk(Set<String> critical, double limit, Leave leave) {
  /** Queues grow without bound near 1; at 0.7 a burst still passes. */
  public static final double LIMIT = 0.7;

  public KubeAsk {
    critical = Set.copyOf(critical);
    if (!(limit > 0 && limit <= 1)) {
      throw new IllegalArgumentException("a limit of " + limit + " is no share of a network");
    }
  }

  /**
   * What may be done.
   *
   * @param spared namespaces, and workloads as {@code namespace/name}, that are never touched
   */
  public record Leave(boolean uncordon, boolean relax, boolean evict, Set<String> spared) {
    /** All three; the cluster's own pods are spared. */
    public static final Leave ALL = new Leave(true, true, true, Set.of("kube-system"));

    public Leave {
      spared = Set.copyOf(spared);
    }

    boolean spares(String namespace, String workload) {
      return spared.contains(namespace) || spared.contains(workload);
    }
  }

  /** These hosts below {@value #LIMIT}, by whatever helps. */
  public static KubeAsk of(Set<String> critical) {
    return new KubeAsk(critical, LIMIT, Leave.ALL);
  }
}
