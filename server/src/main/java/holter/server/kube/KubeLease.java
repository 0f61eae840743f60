package holter.server.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership by a Lease object. Nobody's wall clock decides: who stands by counts another's lease
 * from when it last saw it renewed, by its own steady clock; who leads counts its own from before
 * it asked, and ends it a second early. So it ends for the leader before it ends for the others.
 */
public final class KubeLease implements holter.server.port.Lease, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubeLease.class);

  /** How long a leader leads without a word. */
  private static final int LEASE_S = 6;

  /** It ends so much earlier for the leader itself. */
  private static final long MARGIN_MS = 1_000;

  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final KubeCluster cluster;
  private final String name;
  private final LongSupplier epochSoFar;
  private final String holder = UUID.randomUUID().toString();
  private @Nullable Lease mine;
  private @Nullable LeaseSpec observed;
  private long observedNs;
  private String trouble = "";
  private volatile long epoch;
  private volatile boolean lost;
  private volatile long countedFromNs;

  /**
   * @param name of the Lease object
   * @param epochSoFar the greatest epoch that the store knows; may throw when it cannot be read
   */
  public KubeLease(KubeCluster cluster, String name, LongSupplier epochSoFar) {
    this.cluster = cluster;
    this.name = name;
    this.epochSoFar = epochSoFar;
  }

  private String path() {
    return cluster.leasesPath() + "/" + name;
  }

  @Override
  public synchronized long lead() {
    try {
      long soFar = Math.max(epoch, epochSoFar.getAsLong());
      long askedNs = System.nanoTime();
      Optional<Lease> found = cluster.get(path(), Lease.class);
      LeaseSpec spec = found.map(Lease::getSpec).orElseGet(LeaseSpec::new);
      if (!free(spec)) {
        tell("");
        return 0;
      }
      long next = Math.max(soFar, transitions(spec)) + 1;
      mine = write(found, next, holder);
      observed = null;
      countedFromNs = askedNs;
      epoch = next;
      lost = false;
      tell("");
      return next;
    } catch (KubernetesClientException refused) {
      tell(refused.getCode() == CONFLICT ? "" : KubeCluster.why(refused));
      return 0;
    } catch (RuntimeException storeAway) {
      tell(String.valueOf(storeAway.getMessage()));
      return 0;
    }
  }

  /** Says once that the lease cannot be asked for. */
  private void tell(String why) {
    if (trouble.isEmpty() && !why.isEmpty()) {
      LOG.atWarn().addKeyValue("lease", name).addKeyValue("why", why).log("lease not to be had");
    }
    trouble = why;
  }

  /** Why it could not be asked for at all; empty when it could. */
  public synchronized String trouble() {
    return trouble;
  }

  /** Whether nobody else holds it, as far as we have watched ourselves. */
  private boolean free(LeaseSpec now) {
    String by = now.getHolderIdentity();
    if (by == null || by.isEmpty() || by.equals(holder)) {
      return true;
    }
    long nowNs = System.nanoTime();
    if (observed == null || !sameTerm(observed, now)) {
      observed = now;
      observedNs = nowNs;
      return false;
    }
    Integer seconds = now.getLeaseDurationSeconds();
    long leaseMs = (seconds == null ? LEASE_S : seconds) * 1_000L;
    return (nowNs - observedNs) / 1_000_000 > leaseMs;
  }

  private static boolean sameTerm(LeaseSpec one, LeaseSpec other) {
    return Objects.equals(one.getHolderIdentity(), other.getHolderIdentity())
        && Objects.equals(one.getRenewTime(), other.getRenewTime())
        && Objects.equals(one.getLeaseTransitions(), other.getLeaseTransitions());
  }

  private static long transitions(LeaseSpec spec) {
    return spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions();
  }

  private Lease write(Optional<Lease> before, long transitions, String by) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    ZonedDateTime acquired =
        before
            .map(Lease::getSpec)
            .filter(spec -> by.equals(spec.getHolderIdentity()))
            .filter(spec -> transitions(spec) == transitions)
            .map(LeaseSpec::getAcquireTime)
            .orElse(now);
    Lease lease =
        before
            .map(LeaseBuilder::new)
            .orElseGet(LeaseBuilder::new)
            .editOrNewMetadata()
            .withName(name)
            .withNamespace(cluster.namespace())
            .endMetadata()
            .editOrNewSpec()
            .withHolderIdentity(by)
            .withLeaseDurationSeconds(LEASE_S)
            .withAcquireTime(acquired)
            .withRenewTime(now)
            .withLeaseTransitions(Math.toIntExact(transitions))
            .endSpec()
            .build();
    return before.isEmpty()
        ? cluster.write("POST", cluster.leasesPath(), lease, Lease.class)
        : cluster.write("PUT", path(), lease, Lease.class);
  }

  @Override
  public synchronized boolean renew() {
    if (epoch == 0 || lost || mine == null) {
      return false;
    }
    long askedNs = System.nanoTime();
    try {
      mine = write(Optional.of(mine), epoch, holder);
      countedFromNs = askedNs;
      return true;
    } catch (KubernetesClientException refused) {
      // a renewal without an answer may have come through: then the version is not the last one
      boolean other = refused.getCode() == CONFLICT || refused.getCode() == NOT_FOUND;
      return other ? stillMine() : leads();
    }
  }

  private boolean stillMine() {
    try {
      Optional<Lease> found = cluster.get(path(), Lease.class);
      boolean ours =
          found
              .map(Lease::getSpec)
              .filter(spec -> holder.equals(spec.getHolderIdentity()))
              .filter(spec -> transitions(spec) == epoch)
              .isPresent();
      mine = found.orElse(null);
      if (!ours) {
        lost = true;
        return false;
      }
      return leads();
    } catch (KubernetesClientException away) {
      return leads();
    }
  }

  @Override
  public boolean leads() {
    long ageMs = (System.nanoTime() - countedFromNs) / 1_000_000;
    return epoch > 0 && !lost && ageMs < LEASE_S * 1_000L - MARGIN_MS;
  }

  /** Gives it back, so that the next one need not wait. */
  @Override
  public synchronized void close() {
    if (leads() && mine != null) {
      try {
        write(Optional.of(mine), epoch, "");
      } catch (KubernetesClientException away) {
        tell(KubeCluster.why(away)); // it ends by itself
      }
    }
    epoch = 0;
  }
}
