package holter.lab.bench;

import com.hazelcast.internal.cluster.fd.PhiAccrualFailureDetector;
import holter.lab.sim.SimSettings;

/** Hazelcast's own phi-accrual detector, one per worker. */
final class HazelcastPhi extends Restarting {
  private final PhiAccrualFailureDetector[] detectors;
  private final double threshold;
  private final long pauseMs;

  /**
   * @param pauseMs its {@code max.no.heartbeat}: 60 s by default
   */
  HazelcastPhi(SimSettings fleet, Hands hands, double threshold, long pauseMs) {
    super(fleet, hands);
    this.threshold = threshold;
    this.pauseMs = pauseMs;
    detectors = new PhiAccrualFailureDetector[fleet.workers()];
    for (int i = 0; i < detectors.length; i++) {
      detectors[i] = fresh();
    }
  }

  private PhiAccrualFailureDetector fresh() {
    return new PhiAccrualFailureDetector(threshold, 200, 100, pauseMs, fleet.intervalMs());
  }

  @Override
  void beat(int number, long seq, long nowMs, long wallMs) {
    detectors[number].heartbeat(nowMs);
  }

  @Override
  boolean suspects(int number, long nowMs, long wallMs) {
    return !detectors[number].isAlive(nowMs);
  }

  @Override
  void reset(int number, long nowMs) {
    detectors[number] = fresh();
  }
}
