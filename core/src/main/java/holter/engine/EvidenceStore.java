package holter.engine;

import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest observation of each kind, witness and subject. Bounded: the oldest goes first. */
final class EvidenceStore {
  static final int MAX = 500;

  private final Map<String, Observation> byKey = new LinkedHashMap<>();

  void put(Observation seen) {
    String key = key(seen);
    var before = byKey.get(key);
    if (before != null && before.atMs() > seen.atMs()) {
      return;
    }
    byKey.remove(key);
    if (byKey.size() >= MAX) {
      byKey.remove(byKey.keySet().iterator().next());
    }
    byKey.put(key, seen);
  }

  List<Observation> all() {
    return new ArrayList<>(byKey.values());
  }

  private static String key(Observation seen) {
    String about =
        switch (seen.fact()) {
          case Fact.Metadata f -> f.map().via() + " " + f.map().topic();
          case Fact.PathSeen f -> "p" + f.partition();
          case Fact.BrokerReach f -> "b" + f.brokerId() + f.address();
          case Fact.Registered f -> "b" + f.brokerId();
          case Fact.NotRegistered f -> "b" + f.brokerId() + f.via();
          case Fact.Complaint f -> f.complainer() + ">" + f.target() + f.kind();
          case Fact.LogShape f -> "b" + f.brokerId();
          case Fact.HostLoad f -> f.host();
          case Fact.SendReports f -> "p" + f.partition();
          case Fact.Silence f -> "";
          case Fact.WorkerProbed f -> f.instance().value();
          case Fact.WorkerExited f -> f.instance().value();
          case Fact.WorkerDead f -> f.instance().value();
          case Fact.Logged f -> f.log() + f.sign() + f.brokerId() + f.about();
          case Fact.CollectorPauses f -> "b" + f.brokerId();
          case Fact.Measured f -> f.of() + f.metric();
          case Fact.CanarySent f -> "b" + f.leaderId() + f.acks();
          case Fact.ReachedFrom f -> f.vantage() + "b" + f.brokerId();
          case Fact.Unasked f -> f.subject().english();
          case ClusterFact f -> about(f);
          case KubeFact.NodeSeen f -> f.node();
          case KubeFact.PodSeen f -> f.pod();
          case KubeFact.KubeEvent f -> f.kind() + f.name() + f.reason();
        };
    return seen.source()
        + "|"
        + seen.witness()
        + "|"
        + seen.fact().getClass().getSimpleName()
        + "|"
        + about;
  }

  private static String about(ClusterFact fact) {
    return switch (fact) {
      case ClusterFact.Configured f -> f.scope() + f.of() + f.key();
      case ClusterFact.Called f -> f.call() + f.of();
      case ClusterFact.ControllerSeen f -> f.via();
      case ClusterFact.GroupSeen f -> f.group();
      case ClusterFact.GroupLag f -> f.group() + f.topic() + f.partition();
      case ClusterFact.LogDirSeen f -> f.brokerId() + f.directory();
      case ClusterFact.Reassigning f -> f.topic() + f.partition();
      case ClusterFact.TransactionOpen f -> f.topic() + f.partition() + f.producerId();
      case ClusterFact.CertificateSeen f -> f.address();
    };
  }
}
