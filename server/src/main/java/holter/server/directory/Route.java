package holter.server.directory;

/**
 * A row of the directory.
 *
 * @param dtu the DTU's id
 * @param instance who owns it
 * @param fence what a newer registration must exceed
 * @param address where the instance takes it
 * @param up whether the DTU is connected
 * @param routeEpoch grows at each change of owner
 * @param announcedWallMs by the announcer's clock
 * @param ownedSinceMs since when this owner, engine time
 * @param via {@code kafka} or {@code http}
 */
public record Route(
    String dtu,
    String instance,
    Fence fence,
    String address,
    boolean up,
    long routeEpoch,
    long announcedWallMs,
    long ownedSinceMs,
    String via) {

  /** The same route by another number of ownership. */
  Route under(long epoch) {
    return new Route(dtu, instance, fence, address, up, epoch, announcedWallMs, ownedSinceMs, via);
  }

  /** The order of registrations of one DTU: session, then life, then sequence. */
  public record Fence(long sessionEpoch, long incarnation, long seq) implements Comparable<Fence> {
    @Override
    public int compareTo(Fence other) {
      int bySession = Long.compare(sessionEpoch, other.sessionEpoch);
      int byLife = bySession != 0 ? bySession : Long.compare(incarnation, other.incarnation);
      return byLife != 0 ? byLife : Long.compare(seq, other.seq);
    }
  }
}
