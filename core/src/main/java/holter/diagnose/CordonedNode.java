package holter.diagnose;

import holter.diagnose.KubeFact.NodeSeen;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * F57: a node takes no pods any more, and those that it would carry weigh on its peers. It says
 * whether the reason for closing the node is cured; what is not known of it is not cured.
 */
final class CordonedNode implements Cause {
  /** A peer with fewer pods than this is not crowded. */
  private static final int CROWD_MIN = 3;

  /** So many times the pods of the closed node. */
  private static final int TIMES = 2;

  @Override
  public CauseCode code() {
    return CauseCode.F57;
  }

  @Override
  public Rivalry rivalry() {
    return Rivalry.NONE;
  }

  @Override
  public List<Subject> subjects(CaseFile file) {
    return Nodes.latest(file).values().stream()
        .filter(s -> s.fact().cordoned())
        .map(s -> Subject.of(What.NODE, s.fact().node()))
        .toList();
  }

  /** How many pods run on each other node that could run on this one. */
  private static Map<String, Integer> elsewhere(CaseFile file, String node) {
    var counts = new TreeMap<String, Integer>();
    for (var seen : Nodes.pods(file)) {
      var pod = seen.fact();
      boolean could = pod.eligible().isEmpty() || pod.eligible().contains(node);
      if (could && !pod.node().equals(node) && !pod.node().isEmpty()) {
        counts.merge(pod.node(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static int on(CaseFile file, String node) {
    return (int) Nodes.pods(file).stream().filter(s -> s.fact().node().equals(node)).count();
  }

  /** Nodes crowded with what the closed node would carry, the fullest first. */
  private static List<String> crowded(CaseFile file, String node) {
    int here = on(file, node);
    return elsewhere(file, node).entrySet().stream()
        .filter(e -> e.getValue() >= CROWD_MIN && e.getValue() >= TIMES * here)
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void argue(Argument argument, CaseFile file, Subject subject) {
    String node = Nodes.node(subject);
    var seen = Nodes.latest(file).get(node);
    var crowded = crowded(file, node);
    if (seen == null || crowded.isEmpty()) {
      return;
    }
    argument.tells(
        2,
        seen.observation(),
        CauseWords.CORDONED,
        node,
        on(file, node),
        crowded.getFirst(),
        elsewhere(file, node).getOrDefault(crowded.getFirst(), 0));
    argument.fits(
        0,
        seen.observation(),
        cured(file, seen.fact()) ? CauseWords.CORDON_CURED : CauseWords.CORDON_NOT_CURED,
        node,
        seen.fact().conditions());
    overloaded(file, crowded)
        .flatMap(host -> file.hosts().load(host))
        .ifPresent(
            s ->
                argument.decides(
                    2,
                    s.observation(),
                    CauseWords.NIC_ABOVE_PEERS,
                    s.fact().host(),
                    Hosts.kb(Hosts.nic(s.fact())),
                    Hosts.kb(file.hosts().peers(s.fact().host(), Hosts::nic))));
  }

  private static Optional<String> overloaded(CaseFile file, List<String> crowded) {
    return crowded.stream().filter(host -> HostRules.loaded(file, host)).findFirst();
  }

  /** No condition amiss, and its disk is known to have room. */
  private static boolean cured(CaseFile file, NodeSeen node) {
    double used =
        Double.isNaN(node.diskUsedShare())
            ? Signs.figure(file, Metric.DISK_USED_SHARE, node.node())
                .map(s -> s.fact().value())
                .orElse(Double.NaN)
            : node.diskUsedShare();
    return node.conditions().isEmpty() && used < Nodes.DISK_SHORT;
  }

  @Override
  public List<Sentence> remedies(CaseFile file, Subject subject) {
    String node = Nodes.node(subject);
    var seen = Nodes.latest(file).get(node);
    boolean cured = seen != null && cured(file, seen.fact());
    var remedies = new ArrayList<Sentence>();
    remedies.add(Sentence.of(cured ? AidWords.F57_FIRST : AidWords.F57_CARE, node));
    remedies.add(Sentence.of(AidWords.F57_ROOT));
    return remedies;
  }
}
