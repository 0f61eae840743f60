package holter.diagnose;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.channel.Sickness;
import holter.detect.DeathProof;
import holter.detect.ProbeOutcome;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Observations of the founding incident's cluster, said in one line each. */
final class Evidence {
  static final long NOW_MS = 1_675_332_341_000L;
  static final long ONSET_MS = NOW_MS - 20_000;
  static final Map<Integer, String> HOSTS =
      Map.of(
          1001, "iota-n2", 1002, "iota-m1", 1003, "iota-m2", 1004, "iota-n1", 1005, "iota-n3", 1006,
          "iota-n4");

  final List<Observation> all = new ArrayList<>();

  Diagnosis diagnose() {
    return Diagnoser.diagnose(all, NOW_MS);
  }

  Evidence add(Source source, String witness, Fact fact) {
    return add(source, witness, NOW_MS - 1_000, fact);
  }

  Evidence add(Source source, String witness, long atMs, Fact fact) {
    all.add(new Observation(source, witness, atMs, fact));
    return this;
  }

  Evidence map(List<Integer> isrOf4, int... brokers) {
    var nodes = new ArrayList<BrokerNode>();
    for (int b : brokers) {
      nodes.add(new BrokerNode(b, HOSTS.getOrDefault(b, ""), 6667));
    }
    var p4 = new PartitionMap(4, 1001, -1, List.of(1001, 1002, 1003), isrOf4);
    var map = new ClusterMap("HeartBeat", nodes, List.of(p4), NOW_MS - 1_000, "kafka:1002");
    return add(Source.METADATA, "kafka:1002", new Fact.Metadata(map));
  }

  Evidence map() {
    return map(List.of(1001, 1002, 1003), 1001, 1002, 1003, 1004, 1005, 1006);
  }

  Evidence path(int partition, int leader, PathState state, long atMs) {
    return add(Source.LANES, "lane", atMs, new Fact.PathSeen(partition, leader, state));
  }

  Evidence sick(int partition, int leader, Sickness kind, int subject) {
    var state = new PathState.Sick(kind, ONSET_MS, subject);
    return add(Source.LANES, "lane", new Fact.PathSeen(partition, leader, state));
  }

  Evidence healthy(int... partitions) {
    for (int p : partitions) {
      var state = new PathState.Healthy(ONSET_MS - 60_000);
      add(Source.LANES, "lane", new Fact.PathSeen(p, 1002 + p, state));
    }
    return this;
  }

  /** Partition 4 hangs on 1001, its followers freeze 2 and 3, the others are healthy. */
  Evidence incidentPaths() {
    return sick(4, 1001, Sickness.HANG, 1001)
        .sick(2, 1004, Sickness.ISR, 1001)
        .sick(3, 1005, Sickness.ISR, 1001)
        .healthy(0, 1);
  }

  Evidence reach(int broker, Reach reach, double answerMs) {
    String address = HOSTS.getOrDefault(broker, "") + ":6667";
    return add(
        Source.BROKER_REACH,
        "" + broker,
        new Fact.BrokerReach(broker, address, reach, answerMs < 0 ? -1 : 1, answerMs));
  }

  /** All brokers but 1001 answer in 2 ms. */
  Evidence othersAnswer() {
    for (int b = 1002; b <= 1006; b++) {
      reach(b, Reach.ANSWERED, 2);
    }
    return this;
  }

  Evidence load(String host, double bytesPerS, double scrapeMs) {
    return add(
        Source.HOST_METRICS,
        host,
        new Fact.HostLoad(host, bytesPerS / 2, bytesPerS, 12_500_000, 0.4, 0.2, 0.5, scrapeMs));
  }

  Evidence calmPeers() {
    HOSTS.values().stream().filter(h -> !h.equals("iota-n2")).forEach(h -> load(h, 300_000, 15));
    return this;
  }

  Evidence complaint(int complainer, int target, ComplaintKind kind) {
    return complaint(complainer, target, kind, NOW_MS - 9_000, NOW_MS - 9_000);
  }

  Evidence complaint(int complainer, int target, ComplaintKind kind, long first, long last) {
    return add(
        Source.BROKER_LOGS,
        "" + complainer,
        new Fact.Complaint(complainer, target, kind, 1, first, last, "sample"));
  }

  Evidence log(int broker, long lastWallMs, long gapMs) {
    return add(
        Source.BROKER_LOGS, "" + broker, new Fact.LogShape(broker, lastWallMs, gapMs, "last"));
  }

  Evidence registered(int broker) {
    return add(
        Source.ZOOKEEPER,
        "zookeeper",
        new Fact.Registered(
            broker, HOSTS.getOrDefault(broker, ""), 6667, NOW_MS - 7_200_000, NOW_MS - 7_195_000));
  }

  Evidence gone(int broker) {
    return add(Source.METADATA, "kafka", new Fact.NotRegistered(broker, "kafka"));
  }

  Evidence silence(List<String> silent, int beating, Map<String, Integer> byHost) {
    return silence(silent, beating, byHost, Map.of("iota-m1", beating));
  }

  Evidence silence(
      List<String> silent,
      int beating,
      Map<String, Integer> byHost,
      Map<String, Integer> beatingByHost) {
    var ids = silent.stream().map(InstanceId::new).toList();
    return add(
        Source.BEATS, "holter", new Fact.Silence(ids, beating, Map.of(), byHost, beatingByHost));
  }

  Evidence probed(String instance, ProbeOutcome outcome) {
    return add(
        Source.INSTANCE_PROBES, "holter", new Fact.WorkerProbed(new InstanceId(instance), outcome));
  }

  Evidence dead(String instance) {
    return add(
        Source.INSTANCE_PROBES,
        "holter",
        new Fact.WorkerDead(new InstanceId(instance), Sentence.of(DeathProof.PORT_REFUSED)));
  }

  Evidence unasked(Source source, String subject, String why) {
    return add(source, subject, new Fact.Unasked(Sentence.quote(subject), Sentence.quote(why)));
  }

  Evidence reports(int partition, int leader, int acked, int failed) {
    return add(
        Source.INSTANCE_REPORTS,
        "fleet",
        new Fact.SendReports(partition, leader, 6, acked, failed, 9));
  }
}
