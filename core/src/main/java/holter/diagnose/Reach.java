package holter.diagnose;

/** How a broker's advertised address took a connection and an ApiVersions request. */
public enum Reach {
  /** Connected, answered in time. */
  ANSWERED,
  /** Connected, answered late against its peers and an absolute floor. */
  SLOW,
  /** Connected, no answer by the deadline. */
  SILENT,
  /** Connection refused: the host is up, nobody listens. */
  REFUSED,
  /** No answer to the connect itself by the deadline. */
  DARK,
  /** Connected and closed at once. */
  CLOSED,
  /** The name could not be resolved. */
  UNRESOLVED
}
