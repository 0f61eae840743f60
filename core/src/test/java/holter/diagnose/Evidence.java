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
import java.util.stream.IntStream;

/** Observations of the founding incident's cluster, said in one line each. */
final class Evidence {
  static final long NOW_MS = 1_675_332_341_000L;
  static final long ONSET_MS = NOW_MS - 20_000;
  static final Map<Integer, String> HOSTS =
      Map.of(
          1001, "iota-n2", 1002, "iota-m1", 1003, "iota-m2", 1004, "iota-n1", 1005, "iota-n3", 1006,
          "iota-n4");

  final List<Observation> all = new ArrayList<>();
  private final Map<Integer, String> hosts;

  Evidence() {
    this(HOSTS);
  }

  /** Of another cluster. */
  Evidence(Map<Integer, String> hosts) {
    this.hosts = hosts;
  }

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
      nodes.add(new BrokerNode(b, hosts.getOrDefault(b, ""), 6667));
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
    String address = hosts.getOrDefault(broker, "") + ":6667";
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
    return calmBut("iota-n2");
  }

  Evidence calmBut(String host) {
    hosts.values().stream().filter(h -> !h.equals(host)).forEach(h -> load(h, 300_000, 15));
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
            broker, hosts.getOrDefault(broker, ""), 6667, NOW_MS - 7_200_000, NOW_MS - 7_195_000));
  }

  Evidence registered(int broker, long atWallMs) {
    return add(
        Source.ZOOKEEPER,
        "zookeeper",
        new Fact.Registered(broker, hosts.getOrDefault(broker, ""), 6667, atWallMs, atWallMs));
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

  /** A map of one topic over all brokers, by the source's own name. */
  Evidence topic(String topic, String via, PartitionMap... partitions) {
    var nodes = new ArrayList<BrokerNode>();
    hosts.forEach((id, host) -> nodes.add(new BrokerNode(id, host, 6667)));
    var map = new ClusterMap(topic, nodes, List.of(partitions), NOW_MS - 1_000, via);
    return add(Source.METADATA, via, new Fact.Metadata(map));
  }

  static PartitionMap partition(int number, int leader, List<Integer> replicas, int... isr) {
    return new PartitionMap(number, leader, -1, replicas, IntStream.of(isr).boxed().toList());
  }

  /** In the broker's own log, ten seconds ago. */
  Evidence says(int broker, LogSign sign, String about, int count) {
    return says(broker, sign, about, count, NOW_MS - 12_000, NOW_MS - 10_000);
  }

  Evidence says(int broker, LogSign sign, String about, int count, long first, long last) {
    return add(
        Source.BROKER_LOGS,
        "" + broker,
        new Fact.Logged(sign, "" + broker, broker, about, count, first, last, "sample"));
  }

  /** In a client's log, about a broker or none. */
  Evidence clientSays(
      String client, LogSign sign, int broker, String about, int count, long overMs) {
    long last = NOW_MS - 10_000;
    return add(
        Source.CLIENT_LOGS,
        client,
        new Fact.Logged(sign, client, broker, about, count, last - overMs, last, "sample"));
  }

  Evidence measured(Metric metric, String of, double value) {
    boolean broker = of.matches("\\d+");
    return add(broker ? Source.JMX : Source.HOST_METRICS, of, new Fact.Measured(metric, of, value));
  }

  /** A host with a calm network and these pressures, 0 to 1. */
  Evidence pressed(String host, double cpu, double disk, double memoryLeft) {
    return add(
        Source.HOST_METRICS,
        host,
        new Fact.HostLoad(host, 2e5, 3e5, 12_500_000, cpu, disk, memoryLeft, 12));
  }

  Evidence canary(int leader, int acks, double ms, String code) {
    return add(Source.CANARY, "holter", new Fact.CanarySent(leader, 0, acks, ms, code));
  }

  Evidence called(String call, String of, String code) {
    return add(Source.ADMIN, "admin", new ClusterFact.Called(call, of, code, 5_000));
  }

  Evidence set(ClusterFact.Scope scope, String of, String key, String value) {
    return add(Source.ADMIN, "admin", new ClusterFact.Configured(scope, of, key, value));
  }

  Evidence from(String vantage, int broker, Reach reach) {
    String address = hosts.getOrDefault(broker, "") + ":6667";
    return add(
        Source.OTHER_VANTAGE,
        vantage,
        new Fact.ReachedFrom(vantage, broker, address, reach, -1, -1));
  }

  Evidence pauses(int broker, int count, long longestMs, double share) {
    return add(
        Source.COLLECTOR_LOGS,
        "" + broker,
        new Fact.CollectorPauses(broker, count, longestMs, share, NOW_MS - 5_000));
  }

  Evidence group(String group, int members) {
    var seen = new ClusterFact.GroupSeen(group, members > 0 ? "Stable" : "Empty", 1, members, 0);
    return add(Source.ADMIN, "admin", seen);
  }

  Evidence lag(String group, String topic, long committed, long start, long end) {
    return add(
        Source.ADMIN,
        "admin",
        new ClusterFact.GroupLag(group, topic, 4, committed, start, end, 0, 50, 0));
  }
}
