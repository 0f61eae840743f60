package holter.engine;

import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.LogSign;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest observation of each kind, witness and subject. Bounded per source: of each the oldest
 * goes first, so that a source that tells much never drives out what another said.
 */
final class EvidenceStore {
  /** Of one source. */
  static final int MAX = 500;

  /** Of Kafka's own calls: settings of each broker, directories, groups. */
  static final int MAX_ADMIN = 2000;

  private final Map<Source, Map<String, Observation>> bySource = new EnumMap<>(Source.class);

  void put(Observation seen) {
    String key = key(seen);
    var byKey = bySource.computeIfAbsent(seen.source(), s -> new LinkedHashMap<>());
    int max = seen.source() == Source.ADMIN ? MAX_ADMIN : MAX;
    var before = byKey.get(key);
    if (before != null && before.atMs() > seen.atMs()) {
      return;
    }
    byKey.remove(key);
    if (byKey.size() >= max) {
      byKey.remove(byKey.keySet().iterator().next());
    }
    byKey.put(key, seen);
  }

  List<Observation> all() {
    var all = new ArrayList<Observation>();
    bySource.values().forEach(byKey -> all.addAll(byKey.values()));
    all.sort(Comparator.comparingLong(Observation::atMs));
    return all;
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
          case Fact.Logged f ->
              f.log()
                  + f.sign()
                  + f.brokerId()
                  + f.about()
                  + (f.sign() == LogSign.STOOD_STILL ? String.valueOf(f.firstWallMs()) : "");
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
      case ClusterFact.SenderSeen f -> f.sender();
      case ClusterFact.LogDirSeen f -> f.brokerId() + f.directory();
      case ClusterFact.Reassigning f -> f.topic() + f.partition();
      case ClusterFact.TransactionOpen f -> f.topic() + f.partition() + f.producerId();
      case ClusterFact.CertificateSeen f -> f.address();
    };
  }
}
