package holter.channel;

/** What became of one probe record of a lane. Exactly one of these; absence at the deadline too. */
public sealed interface LaneOutcome {
  /** Acknowledged and fetched back; both counted from the send, in milliseconds. */
  record Seen(long ackMs, long seenMs) implements LaneOutcome {}

  /** Acknowledged, yet not visible to a reader by the deadline: the high watermark is frozen. */
  record AckedUnseen(long ackMs) implements LaneOutcome {}

  /** No acknowledgement by the deadline, or an error whose outcome is unknown. */
  record Unacked(String error) implements LaneOutcome {}

  /** The leader's listener refused or closed the connection at once. */
  record Refused(String error) implements LaneOutcome {}

  /** The lane cannot write (no twin, no rights): the leader answered a fetch in this time. */
  record Fetched(long fetchMs) implements LaneOutcome {}

  /**
   * The leader answered no fetch by the deadline: of a lane that cannot write, or after the leader
   * acknowledged a record; nothing is known of the high watermark then.
   */
  record FetchSilent(String error) implements LaneOutcome {}

  /** The leader or its epoch changed during the sample; it says nothing. */
  record Voided(String why) implements LaneOutcome {}
}
