package holter.diagnose;

import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.channel.Sickness;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The observations by question, and the broker they point at. Facts older than {@link #FRESH_MS}
 * say nothing of now and are left out; of several about the same thing the latest counts.
 */
final class CaseFile {
  static final long FRESH_MS = 60_000;

  private final Map<Class<?>, List<Observation>> byKind;
  private final Map<Integer, Long> startedMs;
  private final Map<Integer, CaseFile> bySuspect;
  private final long nowMs;
  private final ComplaintGraph complaints;
  private final Hosts hosts;
  private final List<Integer> suspects;
  private final int suspect;

  CaseFile(List<Observation> observations, long nowMs) {
    this.nowMs = nowMs;
    byKind =
        observations.stream()
            .filter(o -> nowMs - o.atMs() <= FRESH_MS || death(o.fact()))
            .sorted(Comparator.comparingLong(Observation::atMs))
            .collect(Collectors.<Observation, Class<?>>groupingBy(o -> o.fact().getClass()));
    startedMs = started();
    bySuspect = new HashMap<>();
    complaints = new ComplaintGraph(Complaints.ofNow(this));
    suspects = new Suspects(this).ranked();
    suspect = suspects.isEmpty() ? -1 : suspects.getFirst();
    hosts = new Hosts(of(Fact.HostLoad.class), of(Fact.Unasked.class), sickSinceMs(suspect));
  }

  private CaseFile(CaseFile all, int suspect) {
    nowMs = all.nowMs;
    byKind = all.byKind;
    startedMs = all.startedMs;
    bySuspect = all.bySuspect;
    complaints = all.complaints;
    suspects = all.suspects;
    this.suspect = suspect;
    hosts = new Hosts(of(Fact.HostLoad.class), of(Fact.Unasked.class), sickSinceMs(suspect));
  }

  /** The same case, looked at with this broker as the suspect. */
  CaseFile suspecting(int broker) {
    return broker == suspect ? this : bySuspect.computeIfAbsent(broker, b -> new CaseFile(this, b));
  }

  /** When the broker last logged a start, by its clock; −1 when it did not. */
  long startedMs(int broker) {
    return startedMs.getOrDefault(broker, -1L);
  }

  private Map<Integer, Long> started() {
    var last = new HashMap<Integer, Long>();
    of(Fact.Logged.class).stream()
        .map(Seen::fact)
        .filter(l -> l.sign() == LogSign.STARTED || l.sign() == LogSign.STARTING)
        .forEach(l -> last.merge(l.brokerId(), l.lastWallMs(), Math::max));
    return last;
  }

  /** A death stays a death. */
  private static boolean death(Fact fact) {
    return fact instanceof Fact.WorkerDead || fact instanceof Fact.WorkerExited;
  }

  /** Every fresh fact of a kind, oldest first. */
  <F extends Fact> List<Seen<F>> of(Class<F> kind) {
    return byKind.getOrDefault(kind, List.of()).stream()
        .map(o -> new Seen<>(o, kind.cast(o.fact())))
        .toList();
  }

  <F extends Fact> Optional<Seen<F>> latest(Class<F> kind) {
    var all = of(kind);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  long nowMs() {
    return nowMs;
  }

  ComplaintGraph complaints() {
    return complaints;
  }

  Hosts hosts() {
    return hosts;
  }

  /**
   * Brokers to be looked at: the one that the observations point at most, then those that are in
   * trouble of their own beside it.
   */
  List<Integer> suspects() {
    return suspects;
  }

  /** The broker that the observations point at most, −1 for none. */
  int suspect() {
    return suspect;
  }

  String suspectHost() {
    return hostOf(suspect);
  }

  /** The latest map of each source, newest last. */
  Optional<ClusterMap> map() {
    return latest(Fact.Metadata.class).map(s -> s.fact().map());
  }

  /** The latest map of a topic that has partitions. */
  Optional<Seen<Fact.Metadata>> mapOf(String topic) {
    return of(Fact.Metadata.class).reversed().stream()
        .filter(s -> s.fact().map().topic().equals(topic))
        .filter(s -> !s.fact().map().partitions().isEmpty())
        .findFirst();
  }

  /** The host a broker advertises, by metadata, registration or its address; or empty. */
  String hostOf(int broker) {
    for (var seen : of(Fact.Metadata.class).reversed()) {
      var node = seen.fact().map().broker(broker);
      if (node.isPresent() && !node.get().host().isEmpty()) {
        return node.get().host();
      }
    }
    for (var seen : of(Fact.Registered.class)) {
      if (seen.fact().brokerId() == broker) {
        return seen.fact().host();
      }
    }
    for (var seen : of(Fact.BrokerReach.class)) {
      int colon = seen.fact().address().lastIndexOf(':');
      if (seen.fact().brokerId() == broker && colon > 0) {
        return seen.fact().address().substring(0, colon);
      }
    }
    return "";
  }

  /** The latest state of each path. */
  List<Seen<Fact.PathSeen>> paths() {
    var byPartition = new TreeMap<Integer, Seen<Fact.PathSeen>>();
    of(Fact.PathSeen.class).forEach(s -> byPartition.put(s.fact().partition(), s));
    return List.copyOf(byPartition.values());
  }

  List<Seen<Fact.PathSeen>> sickPaths() {
    return paths().stream().filter(s -> s.fact().state() instanceof PathState.Sick).toList();
  }

  /** Sick paths whose leader acknowledges: a follower holds back what it wrote. */
  List<Seen<Fact.PathSeen>> acknowledgedPaths() {
    return sickPaths().stream()
        .filter(s -> ((PathState.Sick) s.fact().state()).kind() == Sickness.ISR)
        .toList();
  }

  List<Seen<Fact.PathSeen>> healthyPaths() {
    return paths().stream().filter(s -> s.fact().state() instanceof PathState.Healthy).toList();
  }

  /** The broker a sick path points at: its own subject, else its leader. */
  static int pointsAt(Seen<Fact.PathSeen> path) {
    if (path.fact().state() instanceof PathState.Sick sick) {
      boolean follower = sick.kind() == Sickness.ISR;
      return sick.subjectBrokerId() >= 0 || follower
          ? sick.subjectBrokerId()
          : path.fact().leaderId();
    }
    return path.fact().leaderId();
  }

  /** The sick paths that point at a broker. */
  List<Seen<Fact.PathSeen>> sickOver(int broker) {
    return sickPaths().stream().filter(s -> pointsAt(s) == broker).toList();
  }

  /** The latest reach of each broker. */
  List<Seen<Fact.BrokerReach>> reaches() {
    var byBroker = new TreeMap<Integer, Seen<Fact.BrokerReach>>();
    of(Fact.BrokerReach.class).forEach(s -> byBroker.put(s.fact().brokerId(), s));
    return List.copyOf(byBroker.values());
  }

  /** How the broker was reached since the sickness began. */
  Optional<Seen<Fact.BrokerReach>> reach(int broker) {
    long since = sickSinceMs(broker);
    return reaches().stream()
        .filter(s -> s.fact().brokerId() == broker && s.observation().atMs() >= since)
        .findFirst();
  }

  Optional<Seen<Fact.Registered>> registered(int broker) {
    return of(Fact.Registered.class).reversed().stream()
        .filter(s -> s.fact().brokerId() == broker)
        .findFirst();
  }

  Optional<Seen<Fact.NotRegistered>> notRegistered(int broker) {
    return of(Fact.NotRegistered.class).reversed().stream()
        .filter(s -> s.fact().brokerId() == broker)
        .findFirst();
  }

  Optional<Seen<Fact.LogShape>> log(int broker) {
    return of(Fact.LogShape.class).reversed().stream()
        .filter(s -> s.fact().brokerId() == broker)
        .findFirst();
  }

  /**
   * A healthy path that the broker leads, newer than any knock at its door: then it serves, even if
   * it let the knock wait. Empty when another path that it leads is sick.
   */
  Optional<Seen<Fact.PathSeen>> serves(int broker) {
    boolean sick = sickPaths().stream().anyMatch(s -> s.fact().leaderId() == broker);
    return sick
        ? Optional.empty()
        : healthyPaths().stream()
            .filter(s -> s.fact().leaderId() == broker)
            .filter(s -> s.observation().atMs() > knockedMs(broker))
            .findFirst();
  }

  private long knockedMs(int broker) {
    return reaches().stream()
        .filter(s -> s.fact().brokerId() == broker)
        .mapToLong(s -> s.observation().atMs())
        .findFirst()
        .orElse(-1);
  }

  /** When the sickness over this broker began, −1 when no path over it is sick. */
  long sickSinceMs(int broker) {
    return sickOver(broker).stream()
        .map(s -> s.fact().state())
        .mapToLong(s -> s instanceof PathState.Sick sick ? sick.sinceMs() : Long.MAX_VALUE)
        .min()
        .orElse(-1);
  }

  /** Partitions whose only in-sync replica is this broker. */
  List<Integer> aloneInIsr(int broker) {
    return map().stream()
        .flatMap(m -> m.partitions().stream())
        .filter(p -> p.isr().equals(List.of(broker)))
        .map(PartitionMap::partition)
        .toList();
  }

  /** Partitions that this broker leads. */
  List<Integer> led(int broker) {
    return map().stream()
        .flatMap(m -> m.partitions().stream())
        .filter(p -> p.leaderId() == broker)
        .map(PartitionMap::partition)
        .toList();
  }

  /** What the diagnosis over this broker points at. */
  Subject about(int broker) {
    var partitions = new TreeSet<Integer>();
    sickOver(broker).forEach(s -> partitions.add(s.fact().partition()));
    if (paths().isEmpty()) { // nobody looked at the paths: then it is those that it leads
      partitions.addAll(led(broker));
    }
    return new Subject(List.copyOf(partitions), broker, hostOf(broker), List.of());
  }
}
