package holter.lab.sim;

/**
 * The size and habits of a simulated fleet.
 *
 * @param workers how many
 * @param partitions of the heartbeat topic
 * @param hosts that workers run on, taken in turn
 * @param intervalMs between beats
 * @param rotating whether beats rotate over partitions; else each worker stays on one, by its key
 * @param askable whether workers answer questions; those that do not are foreign ones
 * @param blocking whether a send can block the next beat, as a common client's does
 */
public record SimSettings(
    int workers,
    int partitions,
    int hosts,
    long intervalMs,
    boolean rotating,
    boolean askable,
    boolean blocking) {
  /** The fleet that detectors are compared on: 200 workers, 5 partitions, a beat each second. */
  public static SimSettings standard(boolean rotating) {
    return new SimSettings(200, 5, 20, 1_000, rotating, true, false);
  }

  /**
   * The same with foreign senders, which cannot be asked.
   *
   * @param blocking whether a send can block them
   */
  public SimSettings withForeignSenders(boolean blocking) {
    return new SimSettings(workers, partitions, hosts, intervalMs, rotating, false, blocking);
  }
}
