package holter.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which pod a broker is, and what became of it. */
final class Pods {
  private static final String OOM_KILLED = "OOMKilled";

  private Pods() {}

  /** Brokers whose pod was killed for memory, or whose host's kernel says so of them. */
  static List<Subject> killedBrokers(CaseFile file) {
    var brokers = new TreeSet<Integer>();
    for (int broker : known(file)) {
      pod(file, broker).filter(Pods::killed).ifPresent(s -> brokers.add(broker));
    }
    Signs.brokersThatLog(LogSign.KILLED_FOR_MEMORY)
        .apply(file)
        .forEach(s -> brokers.add(s.brokerId()));
    return brokers.stream().map(b -> file.suspecting(b).about(b)).toList();
  }

  /** Once may be an accident, twice is a limit that does not fit; of a well broker it is old. */
  static void killedForMemory(Argument argument, CaseFile file, Subject subject) {
    var pod = pod(file, subject.brokerId()).filter(Pods::killed);
    if (pod.isEmpty()) {
      return;
    }
    var fact = pod.get().fact();
    var o = pod.get().observation();
    if (fact.restarts() >= 2 && !well(file, subject, fact)) {
      argument.decides(3.5, o, CauseWords.OOM_KILLED, fact.pod(), fact.restarts());
    } else {
      argument.fits(1, o, CauseWords.OOM_KILLED, fact.pod(), fact.restarts());
    }
  }

  /** Every broker that metadata, a registration or a knock names. */
  private static Set<Integer> known(CaseFile file) {
    var known = new TreeSet<Integer>();
    file.of(Fact.Metadata.class)
        .forEach(s -> s.fact().map().brokers().forEach(b -> known.add(b.id())));
    file.of(Fact.Registered.class).forEach(s -> known.add(s.fact().brokerId()));
    file.of(Fact.BrokerReach.class).forEach(s -> known.add(s.fact().brokerId()));
    known.remove(-1);
    return known;
  }

  private static boolean well(CaseFile file, Subject subject, KubeFact.PodSeen pod) {
    boolean startsAgain =
        Signs.sighting(file, subject, LogSign.STARTING)
            .filter(s -> s.fact().count() > 1)
            .isPresent();
    boolean answers =
        file.reach(subject.brokerId()).filter(s -> s.fact().reach() == Reach.ANSWERED).isPresent();
    return pod.ready() && answers && !startsAgain;
  }

  private static boolean killed(Seen<KubeFact.PodSeen> pod) {
    return pod.fact().lastReason().equals(OOM_KILLED);
  }

  /** The pod whose name the broker's address begins with. */
  static Optional<Seen<KubeFact.PodSeen>> pod(CaseFile file, int broker) {
    String host = file.hostOf(broker);
    return file.of(KubeFact.PodSeen.class).reversed().stream()
        .filter(s -> host.equals(s.fact().pod()) || host.startsWith(s.fact().pod() + "."))
        .findFirst();
  }
}
