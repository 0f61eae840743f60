package holter.diagnose;

import holter.diagnose.Entry.Rule;
import holter.diagnose.KubeFact.KubeEvent;
import holter.diagnose.KubeFact.NodeSeen;
import holter.diagnose.KubeFact.PodSeen;
import holter.diagnose.Signs.Says;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about Kubernetes' nodes and the pods on them. */
final class Nodes {
  private static final String DISK_PRESSURE = "DiskPressure";
  private static final String EVICTED = "Evicted";

  /** Above this a disk is short. */
  static final double DISK_SHORT = 0.8;

  /** Fewer pods than this crowd no node. */
  private static final int CROWD = 5;

  /** So many times the pods of its peers. */
  private static final int TIMES = 2;

  /** Of what its host's network carries. */
  private static final double MOST = 0.5;

  private Nodes() {}

  /** The latest of each node. */
  static Map<String, Seen<NodeSeen>> latest(CaseFile file) {
    var nodes = new TreeMap<String, Seen<NodeSeen>>();
    file.of(NodeSeen.class).forEach(s -> nodes.put(s.fact().node(), s));
    return nodes;
  }

  /** The latest of each pod. */
  static List<Seen<PodSeen>> pods(CaseFile file) {
    var pods = new TreeMap<String, Seen<PodSeen>>();
    file.of(PodSeen.class).forEach(s -> pods.put(s.fact().pod(), s));
    return List.copyOf(pods.values());
  }

  static String node(Subject subject) {
    return subject.name(What.NODE).orElse("");
  }

  private static boolean pressed(NodeSeen node) {
    return node.conditions().contains(DISK_PRESSURE)
        || node.taints().stream().anyMatch(t -> t.contains("disk-pressure"));
  }

  static List<Subject> shortOfDisk(CaseFile file) {
    return latest(file).values().stream()
        .filter(s -> pressed(s.fact()))
        .map(s -> Subject.of(What.NODE, s.fact().node()))
        .toList();
  }

  /** Pods that were sent away from a node; for memory is another matter. */
  private static int evictions(CaseFile file, String node) {
    var pods = new TreeSet<String>();
    for (var seen : pods(file)) {
      if (seen.fact().node().equals(node) && seen.fact().lastReason().equals(EVICTED)) {
        pods.add(seen.fact().pod());
      }
    }
    var here = new TreeSet<String>();
    pods(file).stream()
        .filter(s -> s.fact().node().equals(node))
        .forEach(s -> here.add(s.fact().pod()));
    for (var seen : file.of(KubeEvent.class)) {
      var event = seen.fact();
      boolean its = event.name().equals(node) || here.contains(event.name());
      if (its && event.reason().startsWith("Evict") && !event.message().contains("memory")) {
        pods.add(event.name());
      }
    }
    return pods.size();
  }

  static void evicts(Argument argument, CaseFile file, Subject subject) {
    int evicted = evictions(file, node(subject));
    Optional.ofNullable(latest(file).get(node(subject)))
        .filter(s -> pressed(s.fact()))
        .ifPresent(
            s ->
                Signs.say(
                    argument,
                    evicted > 0 ? Says.DECIDES : Says.FITS,
                    evicted > 0 ? 3 : 1,
                    s.observation(),
                    CauseWords.NODE_EVICTS,
                    node(subject),
                    evicted));
  }

  /** By the host's own metrics. */
  static Rule diskUsed(Says how, double weight) {
    return (argument, file, subject) ->
        Signs.figure(file, Metric.DISK_USED_SHARE, node(subject))
            .filter(s -> s.fact().value() >= DISK_SHORT)
            .ifPresent(
                s ->
                    Signs.say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.NODE_DISK,
                        node(subject),
                        Math.round(100 * s.fact().value())));
  }

  /** The host itself says that its disk has room: the condition is of another disk, or is old. */
  static void pressureGone(Argument argument, CaseFile file, Subject subject) {
    Signs.figure(file, Metric.DISK_USED_SHARE, node(subject))
        .filter(s -> s.fact().value() < DISK_SHORT)
        .ifPresent(
            s ->
                argument.against(
                    0.5,
                    s.observation(),
                    CauseWords.NODE_DISK,
                    node(subject),
                    Math.round(100 * s.fact().value())));
  }

  private static boolean isPinned(PodSeen pod) {
    return pod.eligible().size() == 1 && pod.eligible().contains(pod.node());
  }

  /** Hosts that carry much, with pods that may run nowhere else. */
  static List<Subject> withPinned(CaseFile file) {
    return pods(file).stream()
        .filter(s -> isPinned(s.fact()))
        .filter(
            s -> HostRules.loaded(file, s.fact().node()) || crowdsSuspect(file, s.fact().node()))
        .map(s -> s.fact().node())
        .distinct()
        .map(n -> withTalkers(file, n))
        .toList();
  }

  private static Subject withTalkers(CaseFile file, String node) {
    var subject = new Subject(List.of(), -1, node, List.of());
    for (var seen : pods(file)) {
      if (seen.fact().node().equals(node) && isPinned(seen.fact())) {
        subject = subject.and(What.POD, seen.fact().pod());
      }
    }
    return subject;
  }

  /** What is not known of a pod's network counts for nothing. */
  static void pinnedCarryMost(Argument argument, CaseFile file, Subject subject) {
    double pinned =
        pods(file).stream()
            .map(Seen::fact)
            .filter(p -> p.node().equals(subject.host()) && isPinned(p))
            .mapToDouble(PodSeen::bytesPerS)
            .filter(b -> !Double.isNaN(b))
            .sum();
    double all = file.hosts().load(subject.host()).map(s -> Hosts.nic(s.fact())).orElse(Double.NaN);
    boolean most = pinned > MOST * all;
    pods(file).stream()
        .filter(s -> s.fact().node().equals(subject.host()) && isPinned(s.fact()))
        .filter(s -> !Double.isNaN(s.fact().bytesPerS()))
        .findFirst()
        .ifPresent(
            s ->
                Signs.say(
                    argument,
                    most ? Says.DECIDES : Says.FITS,
                    most ? 2.5 : 0.5,
                    s.observation(),
                    CauseWords.PINNED_CARRY,
                    subject.host(),
                    Hosts.kb(pinned),
                    Hosts.kb(all)));
  }

  /** How many pods each node has. */
  private static Map<String, Integer> counts(CaseFile file) {
    var counts = new TreeMap<String, Integer>();
    latest(file).keySet().forEach(node -> counts.put(node, 0));
    pods(file).stream()
        .map(s -> s.fact().node())
        .filter(node -> !node.isEmpty())
        .forEach(node -> counts.merge(node, 1, Integer::sum));
    return counts;
  }

  /** The middle one of the other nodes; −1 without any. */
  private static int peers(CaseFile file, String node) {
    var others = counts(file);
    others.remove(node);
    var sorted = others.values().stream().sorted().toList();
    return sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2);
  }

  /** It carries the broker that is pointed at, and far more pods than its peers. */
  private static boolean crowdsSuspect(CaseFile file, String node) {
    int here = counts(file).getOrDefault(node, 0);
    int peers = peers(file, node);
    return node.equals(file.suspectHost()) && peers >= 0 && here >= CROWD && here > TIMES * peers;
  }

  /** Some of them may run nowhere else; what each of them carries may not be known. */
  static void pinnedCrowd(Argument argument, CaseFile file, Subject subject) {
    if (!crowdsSuspect(file, subject.host())) {
      return;
    }
    var pinned =
        pods(file).stream()
            .filter(s -> isPinned(s.fact()) && s.fact().node().equals(subject.host()))
            .toList();
    if (!pinned.isEmpty()) {
      argument.tells(
          2,
          pinned.getFirst().observation(),
          CauseWords.PINNED_CROWD,
          subject.host(),
          counts(file).getOrDefault(subject.host(), 0),
          pinned.size(),
          peers(file, subject.host()));
    }
  }

  static void loaded(Argument argument, CaseFile file, Subject subject) {
    HostRules.nicFull(Says.FITS, 1.5).weigh(argument, file, subject);
  }
}
