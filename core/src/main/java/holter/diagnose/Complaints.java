package holter.diagnose;

import holter.channel.PathState;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which complaints of the brokers' logs bear on what is sick now. */
final class Complaints {
  /** Brokers may complain this long before a lane notices; clocks may be apart too. */
  private static final long LEAD_MS = 30_000;

  private Complaints() {}

  /** What was logged and over well before any path fell sick is not about this sickness. */
  static List<Seen<Fact.Complaint>> ofNow(CaseFile file) {
    long onsetMs =
        file.sickPaths().stream()
            .map(s -> s.fact().state())
            .mapToLong(s -> s instanceof PathState.Sick sick ? sick.sinceMs() : Long.MAX_VALUE)
            .min()
            .orElse(0);
    var brokers = brokers(file);
    return file.of(Fact.Complaint.class).stream()
        .filter(s -> brokers.isEmpty() || brokers.contains(s.fact().target()))
        .filter(s -> s.fact().lastWallMs() >= onsetMs - LEAD_MS)
        .filter(s -> !asItShouldBe(file, s.fact()))
        .toList();
  }

  /**
   * Who is a broker, by a map or a registration; empty when there is neither. A controller that is
   * none has a node id as well, and brokers complain of it in the same words.
   */
  private static Set<Integer> brokers(CaseFile file) {
    var brokers = new HashSet<Integer>();
    for (var seen : file.of(Fact.Metadata.class)) {
      seen.fact().map().brokers().forEach(b -> brokers.add(b.id()));
      seen.fact().map().partitions().forEach(p -> brokers.addAll(p.replicas()));
    }
    file.of(Fact.Registered.class).forEach(s -> brokers.add(s.fact().brokerId()));
    if (brokers.isEmpty()) {
      return brokers; // nobody told who there is; a door that was knocked at is one of many
    }
    file.of(Fact.NotRegistered.class).forEach(s -> brokers.add(s.fact().brokerId()));
    file.of(Fact.BrokerReach.class).forEach(s -> brokers.add(s.fact().brokerId()));
    return brokers;
  }

  /** Said of a broker before it started anew; or the ejection of one that is gone. */
  private static boolean asItShouldBe(CaseFile file, Fact.Complaint said) {
    boolean former = file.startedMs(said.target()) >= said.lastWallMs() - BrokerSigns.SKEW_MS;
    boolean gone =
        said.kind() == ComplaintKind.ISR_EJECTED
            && (file.notRegistered(said.target()).isPresent() || shut(file, said.target()));
    return former || gone;
  }

  private static boolean shut(CaseFile file, int broker) {
    return file.reaches().stream()
        .filter(s -> s.fact().brokerId() == broker)
        .anyMatch(
            s -> EnumSet.of(Reach.REFUSED, Reach.SILENT, Reach.DARK).contains(s.fact().reach()));
  }
}
