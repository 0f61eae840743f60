package holter.cli.direct;

import holter.cli.Ages;
import holter.cli.direct.Finding.Result;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What ZooKeeper and the brokers' logs say of the brokers. Pure. */
final class SideChecks {
  private final List<Observation> seen;
  private final Speech speech;

  SideChecks(List<Observation> seen, Speech speech) {
    this.seen = seen;
    this.speech = speech;
  }

  Area zooKeeper() {
    List<Finding> findings = new ArrayList<>();
    for (Observation o : of(Source.ZOOKEEPER)) {
      switch (o.fact()) {
        case Fact.Registered node -> {
          String name = speech.broker(Integer.toString(node.brokerId()));
          long aheadMs = node.selfReportedWallMs() - node.registeredAtWallMs();
          findings.add(
              speech.pass(
                  name,
                  speech.say(Word.ZK_REGISTERED, name, Ages.moment(node.registeredAtWallMs()))));
          if (node.selfReportedWallMs() > 0 && aheadMs > 2000) {
            String text = speech.say(Word.ZK_SKEW, name, speech.figure(aheadMs / 1000.0));
            findings.add(speech.warn(name, text, ""));
          }
        }
        case Fact.NotRegistered gone -> {
          String name = speech.broker(Integer.toString(gone.brokerId()));
          findings.add(speech.fail(name, speech.say(Word.ZK_MISSING, name), "holter explain F01"));
        }
        case Fact.Unasked silent -> findings.add(speech.unknown("zookeeper", silent.why()));
        case Fact other -> {}
      }
    }
    return new Area("zookeeper", speech.summary(Word.ZK_FINE, findings, "--zookeeper"), findings);
  }

  Area logs() {
    List<Finding> findings = new ArrayList<>();
    Map<Integer, TreeSet<Integer>> accusers = new TreeMap<>();
    Map<Integer, Fact.Complaint> samplesOf = new TreeMap<>();
    for (Observation o : of(Source.BROKER_LOGS)) {
      switch (o.fact()) {
        case Fact.Complaint c -> {
          accusers.computeIfAbsent(c.target(), t -> new TreeSet<>()).add(c.complainer());
          samplesOf.putIfAbsent(c.target(), c);
        }
        case Fact.LogShape shape -> {
          String name = speech.broker(Integer.toString(shape.brokerId()));
          findings.add(
              speech.pass(name, speech.say(Word.LOG_READ, name, Ages.moment(shape.lastWallMs()))));
        }
        case Fact.Unasked silent ->
            findings.add(speech.unknown(speech.tongue().say(silent.subject()), silent.why()));
        case Fact other -> {}
      }
    }
    accusers.forEach(
        (target, who) -> {
          Fact.Complaint one = samplesOf.get(target);
          String sample = one == null ? "" : one.sample();
          String text =
              speech.say(
                  Word.LOG_ACCUSED,
                  speech.list(who),
                  speech.broker(Integer.toString(target)),
                  sample);
          // One accuser alone is also what a catch-up looks like: a warning, no finding.
          Result result = who.size() > 1 ? Result.FAIL : Result.WARN;
          findings.add(new Finding(result, Integer.toString(target), text, "holter diagnose"));
        });
    return new Area("logs", speech.summary(Word.LOGS_FINE, findings, "--logs"), findings);
  }

  private List<Observation> of(Source source) {
    return seen.stream().filter(o -> o.source() == source).toList();
  }
}
