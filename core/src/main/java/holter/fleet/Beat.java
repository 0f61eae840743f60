package holter.fleet;

import java.util.List;

/**
 * One heartbeat as it was read.
 *
 * @param from who sent it, in which life
 * @param seq grows by one per beat within an incarnation; −1 when the sender tells none
 * @param intervalMs the sender's declared interval; 0 when not declared
 * @param place where it was read
 * @param sentWallMs the sender's wall clock at sending; 0 when not told. Never used for order
 * @param workProgress a counter of the sender's own work; −1 when not told
 * @param planned the sender says that it is stopping on purpose
 * @param results what became of its last beats, newest last; empty for foreign senders
 * @param answerAt the URL that answers on demand; empty when there is none
 * @param host the host it runs on, by its own word; empty when not told
 */
public record Beat(
    Sender from,
    long seq,
    long intervalMs,
    Place place,
    long sentWallMs,
    long workProgress,
    boolean planned,
    List<SendResult> results,
    String answerAt,
    String host) {

  /** Who sent a beat. */
  public record Sender(InstanceId id, Incarnation incarnation, SenderKind kind) {}

  /**
   * Where a beat was read.
   *
   * @param partition of the heartbeat topic; −1 when it came by HTTP
   * @param offset in that partition; −1 when it came by HTTP
   * @param timestampWallMs the record's timestamp; 0 when none
   */
  public record Place(int partition, long offset, long timestampWallMs) {
    public static final Place HTTP = new Place(-1, -1, 0);
  }
}
