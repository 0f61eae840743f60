package holter.fleet;

/**
 * One life of an instance: a counter kept on its disk and the boot id of this life. Ordered by the
 * counter alone; {@link #NONE} (foreign senders that tell no incarnation) is before all others.
 */
public record Incarnation(long counter, String bootId) implements Comparable<Incarnation> {
  public static final Incarnation NONE = new Incarnation(0, "");

  @Override
  public int compareTo(Incarnation other) {
    return Long.compare(counter, other.counter);
  }
}
