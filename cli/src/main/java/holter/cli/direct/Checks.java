package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.cli.Ages;
import holter.cli.direct.Finding.Result;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.text.Tongue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns one round of evidence into the areas of a check. Pure. What was not answered is not known,
 * and never fine.
 */
final class Checks {
  private final ClusterMap map;
  private final List<Observation> seen;
  private final List<LaneSample> samples;
  private final boolean chinese;
  private final Tongue tongue;

  Checks(ClusterMap map, List<Observation> seen, List<LaneSample> samples, boolean chinese) {
    this.map = map;
    this.seen = seen;
    this.samples = samples;
    this.chinese = chinese;
    this.tongue = chinese ? Tongue.ZH : Tongue.EN;
  }

  List<Area> areas() {
    return List.of(kafka(), brokers(), partitions(), path(), zooKeeper(), logs(), new HostCheck(seen, chinese).area());
  }

  private Area kafka() {
    List<Finding> findings = new ArrayList<>();
    Map<String, ClusterMap> told = new TreeMap<>();
    for (Observation o : of(Source.METADATA)) {
      switch (o.fact()) {
        case Fact.Metadata answer -> {
          told.put(o.witness(), answer.map());
          findings.add(pass(broker(o.witness()), say(Word.ANSWERS_METADATA, broker(o.witness()))));
        }
        case Fact.Unasked silent ->
            findings.add(
                fail(
                    broker(o.witness()),
                    say(Word.NO_METADATA, broker(o.witness()), silent.why()),
                    ""));
        case Fact.NotRegistered gone -> {
          String name = broker(Integer.toString(gone.brokerId()));
          findings.add(fail(name, say(Word.ZK_MISSING, name), "holter explain F01"));
        }
        case Fact other -> {}
      }
    }
    findings.addAll(disagreements(told));
    return new Area("kafka", say(Word.KAFKA_FINE), findings);
  }

  private List<Finding> disagreements(Map<String, ClusterMap> told) {
    List<Finding> findings = new ArrayList<>();
    Map.Entry<String, ClusterMap> first = null;
    for (var entry : told.entrySet()) {
      if (first == null) {
        first = entry;
        continue;
      }
      List<Integer> differ = new ArrayList<>();
      for (PartitionMap p : first.getValue().partitions()) {
        int other = entry.getValue().partition(p.partition()).map(PartitionMap::leaderId).orElse(-1);
        if (other != p.leaderId()) differ.add(p.partition());
      }
      if (!differ.isEmpty()) {
        String text = say(Word.MAPS_DIFFER, first.getKey(), entry.getKey(), list(differ));
        findings.add(new Finding(Result.WARN, map.topic(), text, ""));
      }
    }
    return findings;
  }

  private Area brokers() {
    List<Finding> findings = new ArrayList<>();
    double slowest = 0;
    for (Observation o : of(Source.BROKER_REACH)) {
      if (o.fact() instanceof Fact.BrokerReach door) {
        String name = broker(Integer.toString(door.brokerId()));
        double ms = Math.max(door.connectMs(), 0) + Math.max(door.answerMs(), 0);
        slowest = Math.max(slowest, ms);
        findings.add(door(door, name, ms));
      } else if (o.fact() instanceof Fact.Unasked silent) {
        findings.add(unknown("brokers", silent.why()));
      }
    }
    return new Area("brokers", say(Word.DOORS_FINE, figure(slowest)), findings);
  }

  private Finding door(Fact.BrokerReach door, String name, double ms) {
    String diagnose = "holter diagnose";
    return switch (door.reach()) {
      case ANSWERED -> pass(name, say(Word.DOOR_ANSWERED, name, figure(ms)));
      case SLOW -> fail(name, say(Word.DOOR_SLOW, name, figure(ms)), diagnose);
      case SILENT -> fail(name, say(Word.DOOR_SILENT, name), diagnose);
      case REFUSED -> fail(name, say(Word.DOOR_REFUSED, name), diagnose);
      case DARK -> fail(name, say(Word.DOOR_DARK, name), diagnose);
      case CLOSED -> fail(name, say(Word.DOOR_CLOSED, name), diagnose);
      case UNRESOLVED -> fail(name, say(Word.DOOR_UNRESOLVED, name), "DNS, /etc/hosts");
    };
  }

  private Area partitions() {
    List<Finding> findings = new ArrayList<>();
    for (PartitionMap p : map.partitions()) {
      String subject = map.topic() + "-" + p.partition();
      if (p.leaderId() < 0) {
        findings.add(fail(subject, say(Word.LEADERLESS, p.partition()), "holter diagnose"));
        continue;
      }
      List<Integer> missing = new ArrayList<>(p.replicas());
      missing.removeAll(p.isr());
      if (missing.isEmpty()) {
        findings.add(pass(subject, say(Word.PARTITION_FINE, p.partition(), p.leaderId())));
      } else {
        String text =
            say(Word.ISR_SHORT, p.partition(), p.isr().size(), p.replicas().size(), list(missing));
        findings.add(new Finding(Result.WARN, subject, text, "holter diagnose"));
      }
    }
    return new Area("partitions", say(Word.PARTITIONS_FINE), findings);
  }

  private Area path() {
    List<Finding> findings = new ArrayList<>();
    for (Observation o : of(Source.LANES)) {
      if (!(o.fact() instanceof Fact.PathSeen path)) continue;
      String leader = broker(Integer.toString(path.leaderId()));
      String subject = map.topic() + "-" + path.partition();
      findings.add(
          switch (path.state()) {
            case PathState.Healthy _ -> pass(subject, say(Word.PATH_FINE, path.partition(), leader));
            case PathState.Sick sick ->
                fail(
                    subject,
                    say(Word.PATH_SICK, path.partition(), leader, tongue.say((holter.words.Phrase) sick.kind())),
                    "holter diagnose");
            case PathState.Unknown none ->
                unknown(
                    subject,
                    say(
                        Word.PATH_UNKNOWN,
                        path.partition(),
                        leader,
                        none.missing().contains("AUTHOR")
                            ? say(Word.NO_RIGHT, none.missing())
                            : none.missing()));
          });
    }
    List<Long> trips =
        samples.stream()
            .map(LaneSample::outcome)
            .filter(LaneOutcome.Fetched.class::isInstance)
            .map(outcome -> ((LaneOutcome.Fetched) outcome).fetchMs())
            .sorted()
            .toList();
    Object middle = trips.isEmpty() ? "?" : trips.get(trips.size() / 2);
    Object slowest = trips.isEmpty() ? "?" : trips.getLast();
    return new Area("path", say(Word.PATHS_FINE, middle, slowest), findings);
  }

  private Area zooKeeper() {
    List<Finding> findings = new ArrayList<>();
    String notAsked = "";
    for (Observation o : of(Source.ZOOKEEPER)) {
      switch (o.fact()) {
        case Fact.Registered node -> {
          String name = broker(Integer.toString(node.brokerId()));
          long aheadMs = node.selfReportedWallMs() - node.registeredAtWallMs();
          findings.add(pass(name, say(Word.ZK_REGISTERED, name, Ages.moment(node.registeredAtWallMs()))));
          if (node.selfReportedWallMs() > 0 && aheadMs > 2000) {
            String text = say(Word.ZK_SKEW, name, figure(aheadMs / 1000.0));
            findings.add(new Finding(Result.WARN, name, text, ""));
          }
        }
        case Fact.NotRegistered gone -> {
          String name = broker(Integer.toString(gone.brokerId()));
          findings.add(fail(name, say(Word.ZK_MISSING, name), "holter explain F01"));
        }
        case Fact.Unasked silent -> {
          notAsked = silent.why();
          findings.add(unknown("zookeeper", silent.why()));
        }
        case Fact other -> {}
      }
    }
    return new Area("zookeeper", summary(Word.ZK_FINE, findings, notAsked, "--zookeeper"), findings);
  }

  private Area logs() {
    List<Finding> findings = new ArrayList<>();
    Map<Integer, TreeSet<Integer>> accusers = new TreeMap<>();
    Map<Integer, Fact.Complaint> samplesOf = new TreeMap<>();
    String notAsked = "";
    for (Observation o : of(Source.BROKER_LOGS)) {
      switch (o.fact()) {
        case Fact.Complaint c -> {
          accusers.computeIfAbsent(c.target(), t -> new TreeSet<>()).add(c.complainer());
          samplesOf.putIfAbsent(c.target(), c);
        }
        case Fact.LogShape shape -> {
          String name = broker(Integer.toString(shape.brokerId()));
          findings.add(pass(name, say(Word.LOG_READ, name, Ages.moment(shape.lastWallMs()))));
        }
        case Fact.Unasked silent -> {
          notAsked = silent.why();
          findings.add(unknown(silent.subject(), silent.why()));
        }
        case Fact other -> {}
      }
    }
    accusers.forEach(
        (target, who) -> {
          Fact.Complaint one = samplesOf.get(target);
          String sample = one == null ? "" : one.sample();
          String text = say(Word.LOG_ACCUSED, list(who), broker(Integer.toString(target)), sample);
          // One accuser alone is also what a catch-up looks like: a warning, no finding.
          Result result = who.size() > 1 ? Result.FAIL : Result.WARN;
          findings.add(new Finding(result, Integer.toString(target), text, "holter diagnose"));
        });
    return new Area("logs", summary(Word.LOGS_FINE, findings, notAsked, "--logs"), findings);
  }

  private String summary(Word fine, List<Finding> findings, String notAsked, String option) {
    long known = findings.stream().filter(f -> f.result() == Result.PASS).count();
    return known == 0 && !notAsked.isEmpty()
        ? say(Word.NOT_CHECKED, notAsked) + " (" + say(Word.GIVE, option) + ")"
        : say(fine, known);
  }

  private List<Observation> of(Source source) {
    return seen.stream().filter(o -> o.source() == source).toList();
  }

  /** A broker with its address, where the map knows it. */
  private String broker(String id) {
    return map.brokers().stream()
        .filter(b -> Integer.toString(b.id()).equals(id))
        .map(b -> b.id() + " (" + b.address() + ")")
        .findFirst()
        .orElse(id);
  }

  private String say(Word word, Object... args) {
    return word.say(chinese, args);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }

  private static String list(java.util.Collection<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  static Finding pass(String subject, String message) {
    return new Finding(Result.PASS, subject, message, "");
  }

  private static Finding fail(String subject, String message, String hint) {
    return new Finding(Result.FAIL, subject, message, hint);
  }

  static Finding unknown(String subject, String message) {
    return new Finding(Result.UNKNOWN, subject, message, "");
  }
}
