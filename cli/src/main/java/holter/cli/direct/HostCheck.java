package holter.cli.direct;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.text.Facts;
import holter.server.text.Figures;
import holter.server.text.Tongue;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Whether a host stands out: its link is full, or it moves far more bytes than its peers. */
final class HostCheck {
  /** A link this busy queues: beyond it waiting times grow without bound. */
  private static final double FULL_SHARE = 0.8;

  private static final double TIMES_PEERS = 3;

  /** Below this a host is not loud, whatever its peers do: 1 MB/s. */
  private static final double LOUD_FLOOR_BYTES_PER_S = 1_000_000;

  private final List<Observation> seen;
  private final Speech speech;

  HostCheck(List<Observation> seen, Speech speech) {
    this.seen = seen;
    this.speech = speech;
  }

  Area area() {
    List<Finding> findings = new ArrayList<>();
    List<Fact.HostLoad> loads = new ArrayList<>();
    for (Observation o : seen) {
      if (o.source() != Source.HOST_METRICS) continue;
      if (o.fact() instanceof Fact.HostLoad load) loads.add(load);
      if (o.fact() instanceof Fact.Unasked silent) {
        findings.add(speech.unknown(speech.tongue().say(silent.subject()), silent.why()));
      }
    }
    Tongue tongue = speech.tongue();
    Facts facts = new Facts(tongue, new Figures(tongue, ZoneId.systemDefault()));
    for (Fact.HostLoad load : loads) {
      findings.add(judged(load, loads, facts.say(load)));
    }
    return new Area(
        "hosts", speech.summary(Word.HOSTS_FINE, findings, "--hosts-exporter"), findings);
  }

  private Finding judged(Fact.HostLoad load, List<Fact.HostLoad> all, String figures) {
    double busiest = busiest(load);
    if (busiest >= FULL_SHARE * load.linkBytesPerS()) {
      return speech.fail(load.host(), say(Word.HOST_FULL, load, figures), "holter explain F04");
    }
    double[] peers =
        all.stream()
            .filter(other -> !other.host().equals(load.host()))
            .mapToDouble(HostCheck::busiest)
            .filter(rate -> !Double.isNaN(rate))
            .sorted()
            .toArray();
    boolean loud =
        peers.length > 0
            && busiest > LOUD_FLOOR_BYTES_PER_S
            && busiest > TIMES_PEERS * peers[peers.length / 2];
    return loud
        ? speech.warn(load.host(), say(Word.HOST_LOUD, load, figures), "holter diagnose")
        : speech.pass(load.host(), say(Word.HOST_FINE, load, figures));
  }

  /** The busier direction; NaN, which compares false, when neither is known. */
  private static double busiest(Fact.HostLoad load) {
    if (Double.isNaN(load.rxBytesPerS())) return load.txBytesPerS();
    if (Double.isNaN(load.txBytesPerS())) return load.rxBytesPerS();
    return Math.max(load.rxBytesPerS(), load.txBytesPerS());
  }

  private String say(Word word, Fact.HostLoad load, String figures) {
    return speech.say(word, load.host(), figures);
  }
}
