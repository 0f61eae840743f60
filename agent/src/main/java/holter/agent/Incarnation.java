package holter.agent;

/**
 * One life of an instance.
 *
 * @param n higher in each life; lives are ordered by it alone
 * @param boot a random id of this life, 16 hex digits
 */
public record Incarnation(long n, String boot) {}
