package holter.cli.direct;

import holter.channel.PathState;
import holter.cli.Exit;
import holter.diagnose.CauseCode;
import holter.diagnose.ClusterFact;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Subject;
import java.util.List;
import java.util.TreeSet;

/** Whom a diagnosis blames, as an exit code, and what is known to be sick before its cause is. */
final class Blame {
  private Blame() {}

  /**
   * A cause of the channel, of a worker, both; something sick without a decided cause; nothing
   * sick; or nothing to be seen, perhaps because it may not be read. That the channel is sick is
   * known before its cause: when a lane and a knock both get no answer from one broker, while
   * another path is fine from the same place.
   */
  static int exitOf(Diagnosis diagnosis, List<Observation> seen) {
    List<Diagnosis.Found> others =
        diagnosis.found().stream().filter(found -> !ownDenial(found)).toList();
    List<CauseCode> held =
        others.stream()
            .filter(found -> found.confidence() != Confidence.INCONCLUSIVE)
            .map(Diagnosis.Found::code)
            .toList();
    boolean instance = others.stream().anyMatch(Blame::proved);
    boolean channel = held.stream().anyMatch(code -> code != CauseCode.F60);
    if (channel && instance) return Exit.CHANNEL_AND_INSTANCE;
    if (channel) return Exit.CHANNEL;
    if (instance) return Exit.INSTANCE;
    List<Fact.PathSeen> paths = paths(seen);
    long healthy = paths.stream().filter(p -> p.state() instanceof PathState.Healthy).count();
    boolean sick = paths.stream().anyMatch(p -> p.state() instanceof PathState.Sick);
    if (sick) return healthy > 0 && twiceWitnessed(seen) ? Exit.CHANNEL : Exit.INCONCLUSIVE;
    if (!others.isEmpty() || missing(seen)) return Exit.INCONCLUSIVE;
    if (!paths.isEmpty() && healthy == paths.size()) return Exit.OK;
    return Rights.denied(seen) ? Exit.DENIED : Exit.CANNOT_TELL;
  }

  /** That a worker is dead was told by whoever saw it, or is beyond doubt: silence is no proof. */
  private static boolean proved(Diagnosis.Found found) {
    return found.code() == CauseCode.F60
        && found.confidence() != Confidence.INCONCLUSIVE
        && (found.confidence() == Confidence.CONFIRMED
            || found.speaksFor().stream()
                .noneMatch(cited -> cited.observation().fact() instanceof ClusterFact.SenderSeen));
  }

  /** That Holter itself was denied something, and nobody else is known to be. */
  private static boolean ownDenial(Diagnosis.Found found) {
    return found.code() == CauseCode.F51
        && found.speaksFor().stream()
            .allMatch(cited -> cited.observation().fact() instanceof ClusterFact.Called);
  }

  /** The partitions whose paths are sick, and the broker most of them point at. */
  static Subject sick(List<Observation> seen) {
    TreeSet<Integer> partitions = new TreeSet<>();
    TreeSet<Integer> brokers = new TreeSet<>();
    for (Fact.PathSeen path : paths(seen)) {
      if (path.state() instanceof PathState.Sick sick) {
        partitions.add(path.partition());
        if (sick.subjectBrokerId() >= 0) brokers.add(sick.subjectBrokerId());
      }
    }
    int broker = brokers.size() == 1 ? brokers.getFirst() : -1;
    return new Subject(List.copyOf(partitions), broker, "", List.of());
  }

  /**
   * Whether a broker is gone: its partitions may be read from others by now, yet it is not well.
   */
  private static boolean missing(List<Observation> seen) {
    return seen.stream().anyMatch(o -> o.fact() instanceof Fact.NotRegistered);
  }

  private static boolean twiceWitnessed(List<Observation> seen) {
    int broker = sick(seen).brokerId();
    return seen.stream()
        .map(Observation::fact)
        .anyMatch(
            fact ->
                fact instanceof Fact.BrokerReach door
                    && door.brokerId() == broker
                    && door.reach() != Reach.ANSWERED);
  }

  private static List<Fact.PathSeen> paths(List<Observation> seen) {
    return seen.stream()
        .map(Observation::fact)
        .filter(Fact.PathSeen.class::isInstance)
        .map(Fact.PathSeen.class::cast)
        .toList();
  }
}
