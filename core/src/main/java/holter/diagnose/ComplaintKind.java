package holter.diagnose;

/** What a broker's log says of another broker; the kinds tell a silent target from a dead one. */
public enum ComplaintKind {
  /** "was disconnected before the response was read": connected, answer missing. */
  NO_ANSWER,
  /** "Connection to … failed / could not be established": refused. */
  REFUSED,
  /** "Failed to connect within … ms", setup timeout: dark. */
  CONNECT_TIMEOUT,
  /** A leader ejected this follower from an ISR. */
  ISR_EJECTED,
  /** The controller fenced or deleted it. */
  FENCED
}
