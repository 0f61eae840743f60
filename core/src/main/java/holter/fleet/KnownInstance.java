package holter.fleet;

/**
 * A line of the persisted roster: who is expected, so that a death during our own downtime is
 * noticed.
 *
 * @param id the instance
 * @param incarnation the last one seen
 * @param kind how it sends
 * @param intervalMs its interval, declared or learnt
 * @param answerAt its probe URL, or empty
 * @param host its host, or empty
 * @param lastHeardWallMs when it was last heard, wall clock
 */
public record KnownInstance(
    InstanceId id,
    Incarnation incarnation,
    SenderKind kind,
    long intervalMs,
    String answerAt,
    String host,
    long lastHeardWallMs) {}
