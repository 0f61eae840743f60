package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns one round of evidence into the areas of a check. Pure. What was not answered is not known,
 * and never fine.
 */
final class Checks {
  private final ClusterMap map;
  private final List<Observation> seen;
  private final List<LaneSample> samples;
  private final Speech speech;

  Checks(ClusterMap map, List<Observation> seen, List<LaneSample> samples, boolean chinese) {
    this.map = map;
    this.seen = seen;
    this.samples = samples;
    this.speech = new Speech(map, chinese);
  }

  List<Area> areas() {
    SideChecks sides = new SideChecks(seen, speech);
    return List.of(
        kafka(),
        brokers(),
        partitions(),
        path(),
        sides.zooKeeper(),
        sides.logs(),
        new HostCheck(seen, speech).area());
  }

  private Area kafka() {
    List<Finding> findings = new ArrayList<>();
    Map<String, ClusterMap> told = new TreeMap<>();
    for (Observation o : of(Source.METADATA)) {
      switch (o.fact()) {
        case Fact.Metadata answer -> {
          told.put(o.witness(), answer.map());
          findings.add(
              speech.pass(
                  speech.broker(o.witness()),
                  speech.say(Word.ANSWERS_METADATA, speech.broker(o.witness()))));
        }
        case Fact.Unasked silent ->
            findings.add(
                speech.fail(
                    speech.broker(o.witness()),
                    speech.say(
                        Word.NO_METADATA,
                        speech.broker(o.witness()),
                        speech.tongue().say(silent.why())),
                    ""));
        case Fact.NotRegistered gone -> {
          String name = speech.broker(Integer.toString(gone.brokerId()));
          findings.add(speech.fail(name, speech.say(Word.ZK_MISSING, name), "holter explain F01"));
        }
        case Fact other -> {}
      }
    }
    findings.addAll(disagreements(told));
    return new Area("kafka", speech.say(Word.KAFKA_FINE), findings);
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
        int other =
            entry.getValue().partition(p.partition()).map(PartitionMap::leaderId).orElse(-1);
        if (other != p.leaderId()) differ.add(p.partition());
      }
      if (!differ.isEmpty()) {
        String text =
            speech.say(Word.MAPS_DIFFER, first.getKey(), entry.getKey(), speech.list(differ));
        findings.add(speech.warn(map.topic(), text, ""));
      }
    }
    return findings;
  }

  private Area brokers() {
    List<Finding> findings = new ArrayList<>();
    double slowest = 0;
    for (Observation o : of(Source.BROKER_REACH)) {
      if (o.fact() instanceof Fact.BrokerReach door) {
        String name = speech.broker(Integer.toString(door.brokerId()));
        double ms = Math.max(door.connectMs(), 0) + Math.max(door.answerMs(), 0);
        slowest = Math.max(slowest, ms);
        findings.add(door(door, name, ms));
      } else if (o.fact() instanceof Fact.Unasked silent) {
        findings.add(speech.unknown("brokers", silent.why()));
      }
    }
    return new Area("brokers", speech.say(Word.DOORS_FINE, speech.figure(slowest)), findings);
  }

  private Finding door(Fact.BrokerReach door, String name, double ms) {
    String diagnose = "holter diagnose";
    return switch (door.reach()) {
      case ANSWERED -> speech.pass(name, speech.say(Word.DOOR_ANSWERED, name, speech.figure(ms)));
      case SLOW -> speech.fail(name, speech.say(Word.DOOR_SLOW, name, speech.figure(ms)), diagnose);
      case SILENT -> speech.fail(name, speech.say(Word.DOOR_SILENT, name), diagnose);
      case REFUSED -> speech.fail(name, speech.say(Word.DOOR_REFUSED, name), diagnose);
      case DARK -> speech.fail(name, speech.say(Word.DOOR_DARK, name), diagnose);
      case CLOSED -> speech.fail(name, speech.say(Word.DOOR_CLOSED, name), diagnose);
      case UNRESOLVED ->
          speech.fail(name, speech.say(Word.DOOR_UNRESOLVED, name), "DNS, /etc/hosts");
    };
  }

  private Area partitions() {
    List<Finding> findings = new ArrayList<>();
    for (PartitionMap p : map.partitions()) {
      String subject = map.topic() + "-" + p.partition();
      if (p.leaderId() < 0) {
        findings.add(
            speech.fail(subject, speech.say(Word.LEADERLESS, p.partition()), "holter diagnose"));
        continue;
      }
      List<Integer> missing = new ArrayList<>(p.replicas());
      missing.removeAll(p.isr());
      if (missing.isEmpty()) {
        findings.add(
            speech.pass(subject, speech.say(Word.PARTITION_FINE, p.partition(), p.leaderId())));
      } else {
        String text =
            speech.say(
                Word.ISR_SHORT,
                p.partition(),
                p.isr().size(),
                p.replicas().size(),
                speech.list(missing));
        findings.add(speech.warn(subject, text, "holter diagnose"));
      }
    }
    return new Area("partitions", speech.say(Word.PARTITIONS_FINE), findings);
  }

  private Area path() {
    List<Finding> findings = new ArrayList<>();
    for (Observation o : of(Source.LANES)) {
      if (!(o.fact() instanceof Fact.PathSeen path)) continue;
      String leader = speech.broker(Integer.toString(path.leaderId()));
      String subject = map.topic() + "-" + path.partition();
      findings.add(
          switch (path.state()) {
            case PathState.Healthy _ ->
                speech.pass(subject, speech.say(Word.PATH_FINE, path.partition(), leader));
            case PathState.Sick sick ->
                speech.fail(
                    subject,
                    speech.say(
                        Word.PATH_SICK,
                        path.partition(),
                        leader,
                        speech.tongue().say((holter.words.Phrase) sick.kind())),
                    "holter diagnose");
            case PathState.Unknown none ->
                speech.unknown(
                    subject,
                    speech.say(
                        Word.PATH_UNKNOWN,
                        path.partition(),
                        leader,
                        speech.tongue().say(none.missing())));
          });
    }
    List<Long> trips =
        samples.stream()
            .map(LaneSample::outcome)
            .filter(LaneOutcome.Fetched.class::isInstance)
            .map(outcome -> ((LaneOutcome.Fetched) outcome).fetchMs())
            .sorted()
            .toList();
    String summary =
        trips.isEmpty()
            ? speech.say(Word.PATHS_UNREAD)
            : speech.say(Word.PATHS_FINE, trips.get(trips.size() / 2), trips.getLast());
    return new Area("path", summary, findings);
  }

  private List<Observation> of(Source source) {
    return seen.stream().filter(o -> o.source() == source).toList();
  }
}
