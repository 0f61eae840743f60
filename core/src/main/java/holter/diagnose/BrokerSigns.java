package holter.diagnose;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.words.Sentence;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Signs that several causes of one sick broker share, said the same way by each. */
final class BrokerSigns {
  static final Set<ComplaintKind> NO_ANSWER = EnumSet.of(ComplaintKind.NO_ANSWER);
  static final Set<ComplaintKind> REFUSED = EnumSet.of(ComplaintKind.REFUSED);

  private BrokerSigns() {}

  /** Sick paths that other causes would show as well. */
  static void paths(Argument argument, CaseFile file, Set<Sickness> kinds, double weight) {
    paths(argument, file, kinds, weight, false);
  }

  /** A refusal on the path itself, which only a broker that is gone shows. */
  static void refusedPaths(Argument argument, CaseFile file) {
    paths(argument, file, EnumSet.of(Sickness.REFUSED), 2, true);
  }

  /** The sick paths over the suspect, cited once whatever their number. */
  private static void paths(
      Argument argument, CaseFile file, Set<Sickness> kinds, double weight, boolean tells) {
    var partitions = new TreeSet<Integer>();
    var seenKinds = EnumSet.noneOf(Sickness.class);
    Observation first = null;
    for (var path : file.sickOver(file.suspect())) {
      if (path.fact().state() instanceof PathState.Sick sick && kinds.contains(sick.kind())) {
        partitions.add(path.fact().partition());
        seenKinds.add(sick.kind());
        first = first == null || sick.kind() != Sickness.ISR ? path.observation() : first;
      }
    }
    if (first == null) {
      if (!tells && (kinds.contains(Sickness.HANG) || kinds.contains(Sickness.SLOW))) {
        Canaries.cite(argument, file, file.suspect(), weight);
      }
      return;
    }
    var words = partitions.size() == 1 ? CauseWords.PATH_SICK : CauseWords.PATHS_SICK;
    var args = new Object[] {partitions, seenKinds, file.suspect()};
    if (tells) {
      argument.decides(weight, first, words, args);
    } else {
      argument.fits(weight, first, words, args);
    }
  }

  /** Peers whose requests to the suspect were not answered: two accusers say more than one. */
  static void peersNoAnswer(Argument argument, CaseFile file, double weight) {
    int broker = file.suspect();
    var accusers = file.complaints().accusers(broker, NO_ANSWER);
    file.complaints()
        .sample(broker, NO_ANSWER)
        .ifPresent(
            o ->
                argument.fits(
                    accusers.size() >= 2 ? weight : weight / 3,
                    o,
                    CauseWords.PEERS_NO_ANSWER,
                    accusers,
                    broker));
  }

  /** Its registration: unchanged says that the broker's session lived through the sickness. */
  static void stillRegistered(Argument argument, CaseFile file, double weight) {
    int broker = file.suspect();
    var registered = file.registered(broker);
    if (file.notRegistered(broker).isPresent()) {
      return;
    }
    if (registered.isPresent()) {
      var fact = registered.get().fact();
      long ageS = (file.nowMs() - fact.registeredAtWallMs()) / 1_000;
      argument.fits(weight, registered.get().observation(), CauseWords.REGISTERED, broker, ageS);
      return;
    }
    file.latest(Fact.Metadata.class)
        .filter(s -> s.fact().map().broker(broker).isPresent())
        .ifPresent(
            s ->
                argument.fits(
                    weight / 2, s.observation(), CauseWords.LISTED, broker, s.fact().map().via()));
  }

  /** Its log went on after the sickness began, beyond any clock skew: the process runs. */
  static boolean logGoesOn(CaseFile file) {
    long since = file.sickSinceMs(file.suspect());
    return since > 0
        && file.log(file.suspect())
            .filter(s -> s.fact().lastWallMs() - since > SKEW_MS)
            .isPresent();
  }

  /** Clocks of hosts may be apart by this much without anyone noticing. */
  static final long SKEW_MS = 10_000;

  /** The warning not to restart it, when some records are on it alone. */
  static Optional<Sentence> aloneInIsr(CaseFile file) {
    var alone = file.aloneInIsr(file.suspect());
    var words = alone.size() == 1 ? RemedyWords.ISR_ALONE : RemedyWords.ISRS_ALONE;
    return alone.isEmpty()
        ? Optional.empty()
        : Optional.of(Sentence.of(words, file.suspect(), alone));
  }

  static List<Integer> leaders(CaseFile file) {
    var led = file.led(file.suspect());
    var subject = file.about(file.suspect());
    return led.isEmpty() ? subject.partitions() : led;
  }

  /** A partition that it leads acknowledges what is sent from here: it works, and answers come. */
  static void acknowledges(Argument argument, CaseFile file, Subject subject) {
    file.acknowledgedPaths().stream()
        .filter(s -> s.fact().leaderId() == subject.brokerId())
        .findFirst()
        .ifPresent(
            s ->
                argument.excluded(
                    s.observation(),
                    CauseWords.ACKNOWLEDGES,
                    s.fact().partition(),
                    subject.brokerId()));
  }
}
