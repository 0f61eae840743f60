package holter.server.bundle;

import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.Observation;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names that observations tell, by kind: what may be hidden, or be called otherwise. Kafka's own
 * topics are nobody's. Confined to one thread.
 */
public final class BundleNames {
  private final TreeSet<String> hosts = new TreeSet<>();
  private final TreeSet<String> topics = new TreeSet<>();
  private final TreeSet<String> groups = new TreeSet<>();
  private final TreeSet<String> users = new TreeSet<>();
  private final TreeSet<String> workers = new TreeSet<>();
  private final TreeSet<String> pods = new TreeSet<>();

  /**
   * @param topic that carries the heartbeats
   * @param addresses of brokers, {@code host:port}
   */
  public BundleNames(String topic, Collection<String> addresses, List<Observation> observations) {
    topics.add(topic);
    addresses.forEach(this::address);
    observations.forEach(one -> gather(one.fact()));
    topics.removeIf(t -> t.startsWith("__"));
  }

  public SortedSet<String> hosts() {
    return hosts;
  }

  public SortedSet<String> topics() {
    return topics;
  }

  public SortedSet<String> groups() {
    return groups;
  }

  /** Users and client ids. */
  public SortedSet<String> users() {
    return users;
  }

  /** Workers, and whoever else has a log of its own; a broker's log is called by its id. */
  public SortedSet<String> workers() {
    return workers;
  }

  public SortedSet<String> pods() {
    return pods;
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
