package holter.diagnose;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a broker's own log says of its own requests. Where it alone gets no answer from anybody, the
 * common end is itself; and where it still says so, its process runs.
 */
final class OwnRequests {
  /** What was last logged longer ago than this does not hold now. */
  private static final long NOW_MS = 30_000;

  /** A broker that woke up complains of all in one burst; one that is cut off goes on. */
  private static final long LONG_MS = 10_000;

  /** A heartbeat is due every two seconds, and may take four. */
  private static final long EVERY_MS = 6_000;

  private static final int SEVERAL = 2;
  private static final int AGAIN = 3;

  private OwnRequests() {}

  /**
   * Nobody answers it, over a while until now, and nobody else misses those. That it ejects many
   * followers has the same origin, and is said instead.
   */
  static void inVain(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    if (file.complaints().ejectsMany(broker).isPresent()) {
      return;
    }
    boolean controllerToo = Controllers.silentTo(file).equals(Set.of(broker));
    var targets = new TreeSet<Integer>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    Optional<Observation> sample = Optional.empty();
    for (var seen : file.of(Fact.Complaint.class)) {
      var said = seen.fact();
      boolean ofBroker = !file.hostOf(said.target()).isEmpty();
      if (said.complainer() == broker
          && said.kind() == ComplaintKind.NO_ANSWER
          && (ofBroker ? missedByOthers(file, broker, said.target()).isEmpty() : controllerToo)) {
        targets.add(said.target());
        first = Math.min(first, said.firstWallMs());
        last = Math.max(last, said.lastWallMs());
        sample = Optional.of(seen.observation());
      }
    }
    long lasted = last - first;
    if (targets.size() >= SEVERAL && lasted >= LONG_MS && file.nowMs() - last <= NOW_MS) {
      sample.ifPresent(
          o -> argument.tells(1.5, o, CauseWords.ASKS_IN_VAIN, broker, targets, lasted / 1_000));
    }
  }

  private static Set<Integer> missedByOthers(CaseFile file, int broker, int target) {
    var accusers = new TreeSet<>(file.complaints().accusers(target));
    accusers.remove(broker);
    return accusers;
  }

  /**
   * It logs every few seconds that its heartbeat is late, until now: no process that stands still.
   * One that stands still now and then says so seldom.
   */
  static void stillLogged(Argument argument, CaseFile file, Subject subject) {
    Signs.sighting(file, subject, LogSign.HEARTBEAT_TO_CONTROLLER_LATE)
        .filter(s -> s.fact().count() >= AGAIN)
        .filter(
            s ->
                s.fact().lastWallMs() - s.fact().firstWallMs() <= EVERY_MS * (s.fact().count() - 1))
        .filter(s -> file.nowMs() - s.fact().lastWallMs() <= BrokerSigns.SKEW_MS)
        .ifPresent(s -> Signs.said(argument, Signs.Says.EXCLUDES, 0, s));
  }
}
