package holter.cli.direct;

import holter.cli.direct.Finding.Result;
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
  private final boolean chinese;

  HostCheck(List<Observation> seen, boolean chinese) {
    this.seen = seen;
    this.chinese = chinese;
  }

  Area area() {
    List<Finding> findings = new ArrayList<>();
    List<Fact.HostLoad> loads = new ArrayList<>();
    String notAsked = "";
    for (Observation o : seen) {
      if (o.source() != Source.HOST_METRICS) continue;
      if (o.fact() instanceof Fact.HostLoad load) loads.add(load);
      if (o.fact() instanceof Fact.Unasked silent) {
        notAsked = silent.why();
        findings.add(Checks.unknown(silent.subject(), silent.why()));
      }
    }
    Tongue tongue = chinese ? Tongue.ZH : Tongue.EN;
    Facts facts = new Facts(tongue, new Figures(tongue, ZoneId.systemDefault()));
    for (Fact.HostLoad load : loads) {
      findings.add(judged(load, loads, facts.say(load)));
    }
    String summary =
        loads.isEmpty() && !notAsked.isEmpty()
            ? Word.NOT_CHECKED.say(chinese, notAsked)
                + " ("
                + Word.GIVE.say(chinese, "--hosts-exporter")
                + ")"
            : Word.HOSTS_FINE.say(chinese);
    return new Area("hosts", summary, findings);
  }

  private Finding judged(Fact.HostLoad load, List<Fact.HostLoad> all, String figures) {
    double busiest = busiest(load);
    if (busiest >= FULL_SHARE * load.linkBytesPerS()) {
      return new Finding(Result.FAIL, load.host(), say(Word.HOST_FULL, load, figures), "holter explain F04");
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
        ? new Finding(Result.WARN, load.host(), say(Word.HOST_LOUD, load, figures), "holter diagnose")
        : Checks.pass(load.host(), say(Word.HOST_FINE, load, figures));
  }

  /** The busier direction; NaN, which compares false, when neither is known. */
  private static double busiest(Fact.HostLoad load) {
    if (Double.isNaN(load.rxBytesPerS())) return load.txBytesPerS();
    if (Double.isNaN(load.txBytesPerS())) return load.rxBytesPerS();
    return Math.max(load.rxBytesPerS(), load.txBytesPerS());
  }

  private String say(Word word, Fact.HostLoad load, String figures) {
    return word.say(chinese, load.host(), figures);
  }
}
