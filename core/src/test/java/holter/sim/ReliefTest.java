package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.engine.Incident;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The host is relieved while its incident is open: what was found in the fault is the record. */
class ReliefTest {
  private static final long SECOND = 1_000;

  /** A knock at every broker, and its host's load unless that host does not tell. */
  private static List<Observation> round(long nowMs, Reach reach, double answerMs, boolean told) {
    var seen = new ArrayList<Observation>();
    SimCluster.HOSTS.forEach(
        (broker, host) -> {
          boolean named = broker == 1001;
          seen.add(
              new Observation(
                  Source.BROKER_REACH,
                  "" + broker,
                  nowMs,
                  new Fact.BrokerReach(
                      broker,
                      host + ":6667",
                      named ? reach : Reach.ANSWERED,
                      1,
                      named ? answerMs : 2)));
          if (told || !named) {
            seen.add(load(host, 300_000, 15, nowMs));
          } else {
            var not =
                new Fact.Unasked(
                    Sentence.of(UnaskedWords.HOST, host),
                    Sentence.of(UnaskedWords.EXPORTER_LATE, 3_000));
            seen.add(new Observation(Source.HOST_METRICS, host, nowMs, not));
          }
        });
    return seen;
  }

  private static Observation load(String host, double bytesPerS, double scrapeMs, long atMs) {
    return new Observation(
        Source.HOST_METRICS,
        host,
        atMs,
        new Fact.HostLoad(host, bytesPerS, bytesPerS, 12_500_000, 0.3, 0.1, 0.5, scrapeMs));
  }

  private static List<Observation> full(long nowMs) {
    return round(nowMs, Reach.SILENT, -1, false);
  }

  private static List<Observation> relieved(long nowMs) {
    return round(nowMs, Reach.ANSWERED, 205, true);
  }

  /** Partition 4 hangs, the host of its leader does not tell its load. */
  private static Sim saturated() {
    var sim = new Sim(7).agents(20, SECOND).runTo(60 * SECOND);
    sim.evidence = ReliefTest::full;
    sim.paths[4] = SimPath.HANG;
    return sim.run(15 * SECOND);
  }

  private static Incident only(Sim sim) {
    assertThat(sim.view().incidents()).hasSize(1);
    return sim.view().incidents().getFirst();
  }

  private static Diagnosis.Found cause(Sim sim) {
    return only(sim).diagnosis().first().orElseThrow();
  }

  private static List<String> ruledOut(Diagnosis diagnosis) {
    return diagnosis.ruledOut().stream()
        .map(out -> out.code() + " " + out.by().stream().map(Diagnosis.Cited::claim).toList())
        .toList();
  }

  @Test
  void evidenceFromAfterTheReliefRewritesNothing() {
    var sim = saturated();
    var before = only(sim).diagnosis();
    assertThat(cause(sim).code()).isEqualTo(CauseCode.F04);
    assertThat(cause(sim).confidence()).isEqualTo(Confidence.LIKELY);
    sim.heal();
    sim.evidence = ReliefTest::relieved;
    sim.run(90 * SECOND);
    assertThat(only(sim).open()).isFalse();
    assertThat(cause(sim).code()).isEqualTo(CauseCode.F04);
    assertThat(cause(sim).speaksAgainst()).isEmpty();
    assertThat(ruledOut(only(sim).diagnosis())).isEqualTo(ruledOut(before));
    assertThat(only(sim).evidence())
        .extracting(Observation::fact)
        .filteredOn(f -> f instanceof Fact.BrokerReach reach && reach.brokerId() == 1001)
        .allMatch(f -> ((Fact.BrokerReach) f).reach() == Reach.SILENT);
  }

  @Test
  void aLoadMeasuredInTheFaultConfirmsTheCauseHoweverLateItIsHeard() {
    var sim = saturated();
    long measuredMs = sim.nowMs - SECOND;
    sim.heal();
    sim.evidence =
        nowMs -> {
          var seen = relieved(nowMs);
          seen.removeIf(o -> o.fact() instanceof Fact.HostLoad l && l.host().equals("iota-n2"));
          seen.add(load("iota-n2", 12_000_000, 17_000, measuredMs));
          return seen;
        };
    sim.run(8 * SECOND);
    assertThat(cause(sim).code()).isEqualTo(CauseCode.F04);
    assertThat(cause(sim).confidence()).isEqualTo(Confidence.CONFIRMED);
    assertThat(cause(sim).speaksAgainst()).isEmpty();
  }

  @Test
  void noLineOfTheTimelineNamesAnUnknownBrokerOrHost() {
    var sim = new Sim(7).agents(20, SECOND).runTo(60 * SECOND);
    sim.paths[2] = SimPath.ISR;
    sim.run(10 * SECOND);
    java.util.Arrays.fill(sim.paths, SimPath.HANG);
    sim.run(30 * SECOND);
    sim.heal();
    sim.run(90 * SECOND);
    assertThat(only(sim).timeline())
        .extracting(e -> e.what().english())
        .anyMatch(line -> line.matches("incident opened, \\d s after its first symptom"))
        .noneMatch(line -> line.matches(".*\\W-1.*") || line.contains("  ") || line.endsWith(" "));
  }
}
