package holter.server.kube;

import java.time.Duration;

/**
 * One plan at a time in a cluster: a Lease in Holter's namespace that is held, and kept alive by a
 * thread of its own, while a plan is carried out. Before each write it is asked for again.
 * Thread-safe.
 */
public final class RemedyLease implements KubeHand.Fence, AutoCloseable {
  /** The Lease object. */
  public static final String NAME = "holter-remedy";

  private static final Duration KEEP = Duration.ofSeconds(2);
  private static final Duration ASK = Duration.ofMillis(500);

  private final KubeLease lease;
  private final Thread keeping;

  /**
   * @param cluster whose namespace the Lease is in
   */
  public RemedyLease(KubeCluster cluster) {
    this.lease = new KubeLease(cluster, NAME, () -> 0);
    this.keeping = Thread.ofVirtual().name("remedy-lease").unstarted(this::keep);
  }

  /**
   * Takes it. Who crashed holds it for some seconds more.
   *
   * @return empty when it is ours; else who or what is in the way
   */
  public String take(Duration patience) throws InterruptedException {
    long endNs = System.nanoTime() + patience.toNanos();
    while (lease.lead() == 0) {
      String trouble = lease.trouble();
      if (!trouble.isEmpty()) {
        return "the lease " + NAME + " cannot be had: " + trouble;
      }
      if (System.nanoTime() > endNs) {
        return "somebody else holds the lease " + NAME + ": another plan is being carried out";
      }
      Thread.sleep(ASK);
    }
    keeping.start();
    return "";
  }

  private void keep() {
    try {
      boolean ours = true;
      while (ours) {
        Thread.sleep(KEEP);
        ours = lease.renew();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String barred() {
    return lease.renew() ? "" : "the lease " + NAME + " is not ours any more";
  }

  /** Gives it back, so that the next plan need not wait. */
  @Override
  public void close() {
    lease.close();
    keeping.interrupt();
  }
}
