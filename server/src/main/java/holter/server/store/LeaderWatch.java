package holter.server.store;

import holter.server.port.Lease;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leadership while it can be kept, tells at once when it is lost, and asks for it three
 * times a second while another one leads.
 *
 * <pre>LEADS --not renewed in time--> LOST --own again, nobody between--> LEADS
 * STANDBY, LOST --own, others led between--> LEADS, with what those left</pre>
 */
final class LeaderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderWatch.class);
  private static final long RENEWED_EVERY_MS = 1_000;

  /** Who does not lead asks more often: what the lease takes to be noticed as ended adds to it. */
  private static final long ASKED_EVERY_MS = 300;

  /** What we are. */
  enum Role {
    LEADS,
    /** We led; nobody is known to have led since, and what we would write waits. */
    LOST,
    /** Another one leads: we write nothing. */
    STANDBY
  }

  /** Hears of changes, on the watch's thread. */
  interface Listener {
    void lost();

    /**
     * We lead.
     *
     * @param epoch of this leadership
     * @param taken whether others led since we last did
     */
    void leads(long epoch, boolean taken);
  }

  private final Lease lease;
  private final Listener listener;
  private final Thread thread;
  private volatile Role role;
  private long epoch;

  /** Others led, and what they left was not taken in yet. */
  private boolean behind;

  /**
   * @param epoch of the leadership that we begin with; 0 when another one leads
   */
  LeaderWatch(Lease lease, long epoch, Listener listener) {
    this.lease = lease;
    this.epoch = epoch;
    this.role = epoch > 0 ? Role.LEADS : Role.STANDBY;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("store-leader").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Role role() {
    return role;
  }

  /** Whether we lead at this very moment, also when we have just been stopped for a while. */
  boolean leadsNow() {
    return role == Role.LEADS && lease.leads();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MILLISECONDS.sleep(role == Role.LEADS ? RENEWED_EVERY_MS : ASKED_EVERY_MS);
        look();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    if (role == Role.LEADS) {
      if (!lease.renew()) {
        role = Role.LOST;
        LOG.atWarn().addKeyValue("epoch", epoch).log("leadership lost; nothing is restarted");
        listener.lost();
      }
      return;
    }
    long next = lease.lead();
    if (next > 0) {
      behind |= role == Role.STANDBY || next > epoch + 1;
      epoch = next;
      LOG.atInfo().addKeyValue("epoch", next).addKeyValue("othersLed", behind).log("leading");
      role = Role.LEADS;
      try {
        listener.leads(next, behind);
        behind = false;
      } catch (RuntimeException unread) {
        role = Role.LOST; // what others left could not be taken in: asked again
        LOG.atWarn().addKeyValue("why", unread.getMessage()).log("what others left was not read");
        listener.lost();
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
