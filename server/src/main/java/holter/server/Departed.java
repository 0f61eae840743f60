package holter.server;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brokers that hold replicas or were registered and that no map names any more. A dead broker's
 * address leaves the cluster with it; its peers' logs still say where they missed it.
 */
final class Departed {
  /** {@code node 1001 (kafka-1/10.0.0.1:9092)}, 1.0 to 4.x. */
  private static final Pattern NODE =
      Pattern.compile("\\bnode (\\d{1,9}) \\(([A-Za-z0-9._-]+)(?:/[^):]*)?:(\\d{1,5})\\)");

  /** {@code Connection to kafka-1:9092 (id: 1001 rack: null) failed}, 0.10 to 4.x. */
  private static final Pattern CONNECTION =
      Pattern.compile("\\b([A-Za-z0-9._-]+):(\\d{1,5}) \\(id: (\\d{1,9})\\b");

  private Departed() {}

  /**
   * Those that nobody knows a place of, each with the one that its peers name; with an empty host
   * and port −1 where none does.
   *
   * @param known whose place is known
   * @param given addresses by which the cluster was to be reached; one that is no broker's of now
   *     is that of the only one that left
   * @param seen all that was observed so far
   */
  static List<BrokerNode> among(
      Collection<BrokerNode> known, List<BrokerNode> given, List<Observation> seen) {
    Set<Integer> present = known.stream().map(BrokerNode::id).collect(Collectors.toSet());
    Map<Integer, BrokerNode> departed = new LinkedHashMap<>();
    missing(seen).stream()
        .filter(id -> !present.contains(id))
        .forEach(id -> departed.put(id, new BrokerNode(id, "", -1)));
    for (Observation one : seen) {
      if (one.fact() instanceof Fact.Complaint said) {
        place(said.sample(), said.target(), departed);
      }
    }
    List<BrokerNode> strays = given.stream().filter(one -> isNone(one, known)).toList();
    boolean asAdvertised = strays.size() < given.size(); // else it may be a balancer's address
    if (asAdvertised && strays.size() == 1 && departed.size() == 1) {
      BrokerNode stray = strays.getFirst();
      departed.replaceAll(
          (id, at) -> at.port() > 0 ? at : new BrokerNode(id, stray.host(), stray.port()));
    }
    return List.copyOf(departed.values());
  }

  private static boolean isNone(BrokerNode given, Collection<BrokerNode> known) {
    return known.stream()
        .noneMatch(b -> b.host().equalsIgnoreCase(given.host()) && b.port() == given.port());
  }

  private static Set<Integer> missing(List<Observation> seen) {
    var missing = new TreeSet<Integer>();
    for (Observation one : seen) {
      if (one.fact() instanceof Fact.NotRegistered gone) {
        missing.add(gone.brokerId());
      }
    }
    return missing;
  }

  private static void place(String line, int target, Map<Integer, BrokerNode> departed) {
    Matcher node = NODE.matcher(line);
    if (node.find()) {
      put(node.group(1), node.group(2), node.group(3), target, departed);
    }
    Matcher connection = CONNECTION.matcher(line);
    if (connection.find()) {
      put(connection.group(3), connection.group(1), connection.group(2), target, departed);
    }
  }

  private static void put(
      String id, String host, String port, int target, Map<Integer, BrokerNode> departed) {
    if (Integer.parseInt(id) == target) {
      departed.computeIfPresent(
          target, (_, _) -> new BrokerNode(target, host, Integer.parseInt(port)));
    }
  }
}
