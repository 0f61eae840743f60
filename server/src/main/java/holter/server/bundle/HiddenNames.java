package holter.server.bundle;

import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.Observation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stable words for hosts, topics, groups, users, workers and pods: {@code host-1}, {@code topic-2}.
 * The same observations get the same words; a name gets the same word wherever it stands.
 */
final class HiddenNames {
  private final TreeSet<String> hosts = new TreeSet<>();
  private final TreeSet<String> topics = new TreeSet<>();
  private final TreeSet<String> groups = new TreeSet<>();
  private final TreeSet<String> users = new TreeSet<>();
  private final TreeSet<String> workers = new TreeSet<>();
  private final TreeSet<String> pods = new TreeSet<>();
  private final Map<String, String> words = new LinkedHashMap<>();
  private final Pattern any;

  HiddenNames(String topic, Collection<String> addresses, List<Observation> observations) {
    topics.add(topic);
    addresses.forEach(this::address);
    observations.forEach(one -> gather(one.fact()));
    topics.removeIf(t -> t.startsWith("__"));
    number("topic", topics);
    number("host", hosts);
    number("group", groups);
    number("user", users);
    number("worker", workers);
    number("pod", pods);
    any =
        words.isEmpty()
            ? Pattern.compile("(?!)")
            : Pattern.compile(
                words.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(?:", ")(?![A-Za-z0-9])")));
  }

  /** The text with every hidden name replaced by its word. */
  String in(String text) {
    return any.matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(words.getOrDefault(found.group(), found.group())));
  }

  private void number(String kind, SortedSet<String> names) {
    int number = 0;
    for (String name : names) {
      if (!name.isBlank() && !name.matches("\\d+") && !words.containsKey(name)) {
        number++;
        words.put(name, kind + "-" + number);
      }
    }
  }

  private void address(String address) {
    int colon = address.lastIndexOf(':');
    hosts.add(colon > 0 ? address.substring(0, colon) : address);
  }

  private void gather(Fact fact) {
    switch (fact) {
      case Fact.Metadata f -> {
        topics.add(f.map().topic());
        f.map().brokers().forEach(b -> hosts.add(b.host()));
      }
      case Fact.BrokerReach f -> address(f.address());
      case Fact.Registered f -> hosts.add(f.host());
      case Fact.HostLoad f -> hosts.add(f.host());
      case Fact.Measured f -> hosts.add(f.of());
      case Fact.Silence f -> {
        f.silent().forEach(one -> workers.add(one.value()));
        hosts.addAll(f.silentByHost().keySet());
        hosts.addAll(f.beatingByHost().keySet());
      }
      case Fact.WorkerProbed f -> workers.add(f.instance().value());
      case Fact.WorkerExited f -> workers.add(f.instance().value());
      case Fact.WorkerDead f -> workers.add(f.instance().value());
      case Fact.Logged f -> workers.add(f.log());
      case Fact.ReachedFrom f -> {
        hosts.add(f.vantage());
        address(f.address());
      }
      case ClusterFact f -> cluster(f);
      case KubeFact f -> kube(f);
      case Fact.PathSeen _,
          Fact.NotRegistered _,
          Fact.Complaint _,
          Fact.LogShape _,
          Fact.SendReports _,
          Fact.CollectorPauses _,
          Fact.CanarySent _,
          Fact.Unasked _ -> {}
    }
  }

  private void cluster(ClusterFact fact) {
    switch (fact) {
      case ClusterFact.Configured f -> {
        switch (f.scope()) {
          case TOPIC -> topics.add(f.of());
          case CLIENT_QUOTA, USER_QUOTA -> users.add(f.of());
          case IP_QUOTA -> hosts.add(f.of());
          case BROKER -> {}
        }
      }
      case ClusterFact.GroupSeen f -> groups.add(f.group());
      case ClusterFact.GroupLag f -> {
        groups.add(f.group());
        topics.add(f.topic());
      }
      case ClusterFact.SenderSeen f -> workers.add(f.sender());
      case ClusterFact.Reassigning f -> topics.add(f.topic());
      case ClusterFact.TransactionOpen f -> topics.add(f.topic());
      case ClusterFact.CertificateSeen f -> address(f.address());
      case ClusterFact.Called _, ClusterFact.ControllerSeen _, ClusterFact.LogDirSeen _ -> {}
    }
  }

  private void kube(KubeFact fact) {
    switch (fact) {
      case KubeFact.NodeSeen f -> hosts.add(f.node());
      case KubeFact.PodSeen f -> {
        pods.add(f.pod());
        hosts.add(f.node());
        pods.add(f.owner().substring(f.owner().indexOf('/') + 1));
        hosts.addAll(f.eligible());
      }
      case KubeFact.KubeEvent f -> pods.add(f.name());
    }
  }
}
