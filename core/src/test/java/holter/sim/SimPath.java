package holter.sim;

import holter.channel.LaneOutcome;

/** What a partition's path does to records at a moment. */
enum SimPath {
  /** Delivers within some 20 ms. */
  FINE,
  /** The leader does not answer; what is sent is lost, or comes late when {@link Sim} says so. */
  HANG,
  /** Acknowledged, not visible until healed. */
  ISR,
  /** Refused: the leader's process is gone. */
  REFUSED;

  /** What a lane's sample ends with. */
  LaneOutcome outcome() {
    return switch (this) {
      case FINE -> new LaneOutcome.Seen(10, 20);
      case HANG -> new LaneOutcome.Unacked("TIMEOUT");
      case ISR -> new LaneOutcome.AckedUnseen(60);
      case REFUSED -> new LaneOutcome.Refused("refused");
    };
  }
}
