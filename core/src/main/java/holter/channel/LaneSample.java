package holter.channel;

/**
 * One round of a lane.
 *
 * @param partition of the heartbeat topic that the lane stands for
 * @param leaderId the leader at send and at completion
 * @param leaderEpoch its epoch; −1 when unknown
 * @param sentAtMs engine time when the probe record was handed to the client
 * @param endedAtMs engine time of the outcome
 * @param outcome what became of it
 */
public record LaneSample(
    int partition,
    int leaderId,
    int leaderEpoch,
    long sentAtMs,
    long endedAtMs,
    LaneOutcome outcome) {}
