package holter.agent;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way of claims to the directory: which of them goes when. Decisions only, time is passed in as
 * nanoseconds of one monotonic clock.
 *
 * <pre>
 * wanted ──► ready ──room──► under way ──ok──► done, and all that rest are ready again
 *              ▲                 └─failed──► rests
 *              └──── one every 500 ms: the pathfinder ────┘
 * </pre>
 *
 * While nothing gets through, only the pathfinder goes; so a way that has healed is found within
 * half a second, whatever waits, and a dead one costs two messages a second. Not thread-safe.
 */
final class Way {
  /** Between two tries on a way that lets nothing through, and between two releases of the rest. */
  static final long PATHFINDER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long NEVER = Claim.NEVER;

  /**
   * Messages of one claim under way, and how many of any claim had come through before the last.
   */
  private record Flight(int messages, long successesBefore, long sentAt) {
    boolean isStuck(long now) {
      return now - sentAt >= PATHFINDER_NANOS;
    }

    Flight oneLess() {
      return new Flight(messages - 1, successesBefore, sentAt);
    }
  }

  private final int burst;
  private final int room;
  private final boolean mayRepeat;
  private final Consumer<Claim> send;
  private final Set<Claim> ready = new LinkedHashSet<>();
  private final Set<Claim> resting = new LinkedHashSet<>();
  private final Map<Claim, Flight> flying = new LinkedHashMap<>();
  private int underWay;
  private long successes;

  /** Something failed, and nothing that was sent after it has come through. */
  private boolean sick;

  private long pathfinderAt = Long.MIN_VALUE;
  private long releaseAt = Long.MIN_VALUE;
  private long heardAt;
  private long successAt = Long.MIN_VALUE;

  /**
   * A way that is well.
   *
   * @param burst how many messages may be under way at once before one has come through
   * @param room how many then, and with those of the pathfinder; at least {@code burst}
   * @param mayRepeat whether the pathfinder may send what is under way already: for ways on which a
   *     message can be stuck for longer than the way is sick
   * @param send sends a claim's newest message; answered once by {@link #succeeded} or {@link
   *     #failed}
   */
  Way(int burst, int room, boolean mayRepeat, Consumer<Claim> send) {
    this.burst = burst;
    this.room = room;
    this.mayRepeat = mayRepeat;
    this.send = send;
  }

  /** The claim's newest message is to go; what is under way is not sent again for that. */
  void want(Claim claim) {
    if (!flying.containsKey(claim) && !resting.contains(claim)) {
      ready.add(claim);
    }
  }

  /** Nothing of it need go any more. */
  void drop(Claim claim) {
    ready.remove(claim);
    resting.remove(claim);
    flying.remove(claim);
  }

  /** A message came through; {@code claim} is null when it is nobody's any more. */
  void succeeded(@Nullable Claim claim, long now) {
    returned(now);
    successes++;
    successAt = now;
    sick = false;
    if (claim != null) {
      drop(claim);
    }
    if (now >= releaseAt) {
      release(now);
    }
  }

  /** What rests goes again, and what is stuck too where that is allowed. */
  private void release(long now) {
    Set<Claim> stuck = new LinkedHashSet<>();
    if (mayRepeat) {
      flying.forEach(
          (claim, flight) -> {
            if (flight.isStuck(now)) {
              stuck.add(claim);
            }
          });
    }
    if (!resting.isEmpty() || !stuck.isEmpty()) {
      releaseAt = now + PATHFINDER_NANOS;
      ready.addAll(resting);
      resting.clear();
      ready.addAll(stuck);
      flying.keySet().removeAll(stuck);
    }
  }

  /** A message did not come through; {@code claim} is null when it is nobody's any more. */
  void failed(@Nullable Claim claim, long now) {
    returned(now);
    Flight flight = claim == null ? null : flying.get(claim);
    if (claim == null || flight == null) {
      return;
    }
    if (!sick && resting.isEmpty()) {
      pathfinderAt = Math.max(pathfinderAt, now + PATHFINDER_NANOS);
    }
    sick = sick || successes == flight.successesBefore();
    if (flight.messages() > 1) {
      flying.put(claim, flight.oneLess());
    } else {
      flying.remove(claim);
      resting.add(claim);
    }
  }

  /** Sends what may go now. */
  void go(long now) {
    int open = now - PATHFINDER_NANOS < successAt ? room : burst;
    while (!sick && underWay < open && !ready.isEmpty()) {
      fly(ready.iterator().next(), now);
    }
    if (needsPathfinder(now) && now >= pathfinderAt && underWay < room) {
      Claim next = pathfinder();
      if (next != null) {
        pathfinderAt = now + PATHFINDER_NANOS;
        fly(next, now);
      }
    }
  }

  /** When something may go next, if nothing comes back before; {@link Long#MAX_VALUE} for never. */
  long nextAt() {
    if (underWay >= room || pathfinder() == null) {
      return NEVER;
    }
    if (sick || !resting.isEmpty()) {
      return pathfinderAt;
    }
    return mayRepeat && underWay > 0 ? Math.max(pathfinderAt, heardAt + PATHFINDER_NANOS) : NEVER;
  }

  private boolean needsPathfinder(long now) {
    boolean stuck = mayRepeat && underWay > 0 && now - heardAt >= PATHFINDER_NANOS;
    return sick || stuck || !resting.isEmpty();
  }

  /** Who has never been tried, or else was not for longest. */
  private @Nullable Claim pathfinder() {
    if (!ready.isEmpty()) {
      return ready.iterator().next();
    }
    if (!resting.isEmpty()) {
      return resting.iterator().next();
    }
    return mayRepeat && !flying.isEmpty() ? flying.keySet().iterator().next() : null;
  }

  private void fly(Claim claim, long now) {
    ready.remove(claim);
    resting.remove(claim);
    Flight before = flying.remove(claim);
    flying.put(claim, new Flight(before == null ? 1 : before.messages() + 1, successes, now));
    if (underWay++ == 0) {
      heardAt = now;
    }
    send.accept(claim);
  }

  private void returned(long now) {
    underWay--;
    heardAt = now;
  }
}
