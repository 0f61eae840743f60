package holter.diagnose;

/**
 * One dated fact with its source.
 *
 * @param source the kind of witness
 * @param witness which one: a broker id, a host, a file, {@code holter}
 * @param atMs engine time when it was true
 * @param fact what was seen
 */
public record Observation(Source source, String witness, long atMs, Fact fact) {}
