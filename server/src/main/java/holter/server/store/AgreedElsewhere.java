package holter.server.store;

import holter.server.port.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership that is agreed outside of the store. Its epochs are written down in the store before
 * they count, so that one agreed by the store later is still greater.
 */
final class AgreedElsewhere implements Lease {
  private static final Logger LOG = LoggerFactory.getLogger(AgreedElsewhere.class);

  private final Lease lease;
  private final Database database;
  private volatile boolean written;

  AgreedElsewhere(Lease lease, Database database) {
    this.lease = lease;
    this.database = database;
  }

  @Override
  public long lead() {
    written = false;
    long epoch = lease.lead();
    if (epoch == 0) {
      return 0;
    }
    try {
      database.raise(epoch);
      written = true;
      return epoch;
    } catch (StoreBroken away) {
      LOG.atWarn().addKeyValue("why", away.getMessage()).log("an epoch cannot be written down");
      return 0;
    }
  }

  @Override
  public boolean renew() {
    return lease.renew();
  }

  @Override
  public boolean leads() {
    return written && lease.leads();
  }
}
