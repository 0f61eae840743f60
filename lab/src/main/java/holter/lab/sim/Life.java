package holter.lab.sim;

/** What a simulated worker process is in truth. */
public enum Life {
  RUNNING,
  /** Started, not beating yet. */
  BOOTING,
  /** The process is gone; its host refuses its port. */
  EXITED,
  /** It stands still: its port takes connections, nobody answers. */
  STOPPED,
  /** It answers, its beat loop does not turn. */
  HUNG,
  /** It beats and answers; its work stands still. */
  IDLE,
  /** Its address is gone: nothing refuses and nothing answers there. */
  VANISHED,
  /** Stopped on purpose; it will be started again by whoever stopped it. */
  PLANNED;

  /** Whether its beat loop turns. */
  boolean beats() {
    return this == RUNNING || this == IDLE;
  }

  /** Whether a restart would be no mistake. */
  public boolean dead() {
    return switch (this) {
      case EXITED, STOPPED, HUNG, IDLE, VANISHED -> true;
      case RUNNING, BOOTING, PLANNED -> false;
    };
  }
}
