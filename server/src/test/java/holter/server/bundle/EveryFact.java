package holter.server.bundle;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.channel.PathWords;
import holter.channel.Sickness;
import holter.detect.DeathProof;
import holter.detect.ProbeOutcome;
import holter.diagnose.ClusterFact;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.LogSign;
import holter.diagnose.Metric;
import holter.diagnose.Reach;
import holter.diagnose.UnaskedWords;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import java.util.List;
import java.util.Map;

/** One fact of every type, and of every state and outcome in them. */
final class EveryFact {
  private static final InstanceId DAC = new InstanceId("dac-7");
  private static final String HOST = "iota-n2";
  private static final String ADDRESS = "iota-n2:6667";

  private EveryFact() {}

  private static final ClusterMap MAP =
      new ClusterMap(
          "HeartBeat",
          List.of(new BrokerNode(1001, HOST, 6667)),
          List.of(new PartitionMap(4, 1001, 7, List.of(1001, 1002), List.of(1002, 1001))),
          5,
          "kafka:1001");

  static final List<Fact> ALL =
      List.of(
          new Fact.Metadata(MAP),
          new Fact.PathSeen(4, 1001, new PathState.Sick(Sickness.ISR, 9, -1)),
          new Fact.PathSeen(1, 1002, new PathState.Healthy(3)),
          new Fact.PathSeen(2, -1, new PathState.Unknown(Sentence.of(PathWords.NO_SAMPLE, 3000))),
          new Fact.BrokerReach(1001, ADDRESS, Reach.SLOW, 1.25, -1),
          new Fact.Registered(1001, HOST, 6667, 11, 12),
          new Fact.NotRegistered(1002, "zookeeper"),
          new Fact.Complaint(1002, 1001, ComplaintKind.NO_ANSWER, 2, 1, 2, "a \"line\"\nmore"),
          new Fact.LogShape(1001, 4, 5_000, "the last, 最后"),
          new Fact.HostLoad(HOST, 1.5, 2e9, Double.NaN, 0.25, Double.NaN, 0.5, 12),
          new Fact.SendReports(4, 1001, 6, 7, 8, 9),
          new Fact.Silence(
              List.of(DAC), 31, Map.of(4, 1), Map.of(HOST, 1), Map.of("iota-m2", 2, HOST, 1)),
          new Fact.WorkerProbed(DAC, new ProbeOutcome.Answered(1, 9, 200, 5, 100)),
          new Fact.WorkerProbed(DAC, new ProbeOutcome.TimedOut(true, false)),
          new Fact.WorkerExited(DAC, 137),
          new Fact.WorkerDead(DAC, Sentence.of(DeathProof.PORT_REFUSED)),
          new Fact.Logged(LogSign.NO_SPACE, "1001", 1001, "/data", 3, 1, 2, "sample"),
          new Fact.CollectorPauses(1001, 4, 7_000, 0.5, 3),
          new Fact.Measured(Metric.DISK_USED_SHARE, HOST, 0.93),
          new Fact.CanarySent(1001, 0, -1, -1, "NOT_ENOUGH_REPLICAS"),
          new Fact.ReachedFrom("edge-3", 1001, ADDRESS, Reach.DARK, -1, -1),
          new Fact.Unasked(
              Sentence.of(UnaskedWords.LOG_OF, 1004),
              Sentence.of(UnaskedWords.IN_A_ROW, Sentence.of(UnaskedWords.EXPORTER_LATE, 3000), 8)),
          new ClusterFact.Configured(
              ClusterFact.Scope.TOPIC, "HeartBeat", "min.insync.replicas", "2"),
          new ClusterFact.Called("Metadata", "1001", "TIMEOUT", 5_000),
          new ClusterFact.ControllerSeen(1003, "zookeeper"),
          new ClusterFact.GroupSeen("readers", "Stable", 1001, 3, 0),
          new ClusterFact.GroupLag("readers", "HeartBeat", 4, 5, 1, 9, 0, 50, 120_000),
          new ClusterFact.SenderSeen("dac-7", List.of(4), 188, 500, 900, 7, 3, 30_000, 2),
          new ClusterFact.LogDirSeen(1001, "/d2", "", List.of("HeartBeat-4")),
          new ClusterFact.Reassigning("HeartBeat", 4, List.of(1006), List.of(1001)),
          new ClusterFact.TransactionOpen("HeartBeat", 4, 77, 90_000),
          new ClusterFact.CertificateSeen(ADDRESS, 1, 2, "expired"),
          new KubeFact.NodeSeen("iota-m2", true, -1, List.of(), List.of("a:NoSchedule"), 0.46),
          new KubeFact.PodSeen(
              "savoir-recv-0", HOST, "Deployment/savoir-recv", true, 0, "", -1, List.of(HOST), 9e6),
          new KubeFact.KubeEvent("Node", "iota-m2", "Cordoned", "by hand", 8));
}
