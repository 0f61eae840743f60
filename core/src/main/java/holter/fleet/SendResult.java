package holter.fleet;

/**
 * What became of one earlier beat, as its sender saw it.
 *
 * @param partition where it was sent
 * @param seq its sequence number
 * @param ackMs milliseconds from send to acknowledgement; −1 when it failed
 * @param error the client's error name when it failed, else empty
 */
public record SendResult(int partition, long seq, long ackMs, String error) {
  /** Whether the leader acknowledged it. */
  public boolean acked() {
    return ackMs >= 0;
  }
}
