package holter.agent;

import java.util.List;

/**
 * What became of one beat.
 *
 * @param partition where it was sent; −1 when it had none yet
 * @param seq its sequence number
 * @param ackMs milliseconds to the acknowledgement, −1 when it failed
 * @param error why it failed, else empty
 */
record SendResult(int partition, long seq, long ackMs, String error) {

  static SendResult acked(int partition, long seq, long ackMs) {
    return new SendResult(partition, seq, Math.max(0, ackMs), "");
  }

  static SendResult failed(int partition, long seq, String error) {
    return new SendResult(partition, seq, -1, error);
  }

  boolean isAcked() {
    return ackMs >= 0;
  }

  /** Puts the member {@code results}. */
  static void write(JsonWriter json, List<SendResult> results) {
    json.openList("results");
    for (SendResult result : results) {
      json.open().put("p", result.partition).put("seq", result.seq);
      if (result.isAcked()) {
        json.put("ackMs", result.ackMs);
      } else {
        json.put("error", result.error);
      }
      json.close();
    }
    json.closeList();
  }
}
