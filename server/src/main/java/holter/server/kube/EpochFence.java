package holter.server.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * The greatest epoch that any orchestrator has acted by, kept beside the pods in a Lease object: a
 * leader that slept learns there that another one has led since. Raised by compare-and-swap, never
 * lowered. Thread-safe.
 */
final class EpochFence {
  private static final int TRIES = 3;
  private static final int CONFLICT = 409;

  private final KubeCluster cluster;
  private final String name;

  EpochFence(KubeCluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  /**
   * Lets an epoch through, and no lower one from then on.
   *
   * @return the greater epoch that was let through before; empty when this one passes
   * @throws KubernetesClientException when it cannot be told: nobody may act then
   */
  Optional<Long> pass(long epoch) {
    String path = cluster.leasesPath() + "/" + name;
    for (int turn = 1; turn <= TRIES; turn++) {
      try {
        Optional<Lease> found = cluster.get(path, Lease.class);
        if (found.isEmpty()) {
          cluster.write("POST", cluster.leasesPath(), raised(new Lease(), epoch), Lease.class);
          return Optional.empty();
        }
        long greatest = greatest(found.get());
        if (greatest > epoch) {
          return Optional.of(greatest);
        }
        if (greatest < epoch) {
          cluster.write("PUT", path, raised(found.get(), epoch), Lease.class);
        }
        return Optional.empty();
      } catch (KubernetesClientException refused) {
        if (refused.getCode() != CONFLICT || turn == TRIES) {
          throw refused;
        }
      }
    }
    throw new IllegalStateException("the last try returns or throws");
  }

  private static long greatest(Lease lease) {
    Integer told = lease.getSpec() == null ? null : lease.getSpec().getLeaseTransitions();
    return told == null ? 0 : told;
  }

  private Lease raised(Lease lease, long epoch) {
    return new LeaseBuilder(lease)
        .editOrNewMetadata()
        .withName(name)
        .withNamespace(cluster.namespace())
        .endMetadata()
        .editOrNewSpec()
        .withLeaseTransitions(Math.toIntExact(epoch))
        .endSpec()
        .build();
  }
}
