package holter.lab.bench;

import holter.lab.sim.SimSettings;
import java.time.Duration;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.PhiAccrualFailureDetector;
import scala.concurrent.duration.FiniteDuration;

/** Pekko's own phi-accrual detector, one per worker, on virtual time. */
final class PekkoPhi extends Restarting {
  private final PhiAccrualFailureDetector[] detectors;
  private final double threshold;
  private long nowMs;

  PekkoPhi(SimSettings fleet, Hands hands, double threshold) {
    super(fleet, hands);
    this.threshold = threshold;
    detectors = new PhiAccrualFailureDetector[fleet.workers()];
    for (int i = 0; i < detectors.length; i++) {
      detectors[i] = fresh();
    }
  }

  /** Pekko's reference configuration, but for the threshold. */
  private PhiAccrualFailureDetector fresh() {
    var clock =
        new FailureDetector.Clock() {
          @Override
          public long apply$mcJ$sp() {
            return nowMs;
          }

          @Override
          public Object apply() {
            return nowMs;
          }
        };
    return new PhiAccrualFailureDetector(
        threshold, 1_000, ms(100), ms(3_000), ms(fleet.intervalMs()), clock);
  }

  private static FiniteDuration ms(long ms) {
    return scala.jdk.javaapi.DurationConverters.toScala(Duration.ofMillis(ms));
  }

  @Override
  void beat(int number, long seq, long nowMs, long wallMs) {
    this.nowMs = nowMs;
    detectors[number].heartbeat();
  }

  @Override
  boolean suspects(int number, long nowMs, long wallMs) {
    this.nowMs = nowMs;
    return !detectors[number].isAvailable();
  }

  @Override
  void reset(int number, long nowMs) {
    detectors[number] = fresh();
  }
}
