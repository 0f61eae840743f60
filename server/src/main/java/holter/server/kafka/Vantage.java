package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.ssh.SshScript;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Another place from which the brokers are reached: a host with ssh. Over one connection every
 * broker's advertised address is connected to from there and asked as {@link BrokerReach} asks it
 * from here; names are resolved there. Reads only. Thread-safe.
 */
public final class Vantage {
  private static final int BYTES_MAX = 1 << 20;

  /** More brokers than this are not asked from there; a command has a greatest length. */
  private static final int BROKERS_MAX = 200;

  /** What the login takes before the first knock, and what is left for the answers. */
  private static final Duration LOGIN = Duration.ofMillis(1500);

  private final String host;
  private final SshScript ssh;
  private final boolean encrypted;
  private final LongSupplier clockMs;

  /**
   * @param settings of the cluster: a listener that is encrypted is only connected to
   * @param clockMs engine time
   */
  public Vantage(String host, SshScript ssh, KafkaSettings settings, LongSupplier clockMs) {
    this.host = host;
    this.ssh = ssh;
    this.encrypted = settings.encrypted();
    this.clockMs = clockMs;
  }

  /** What people know it by. */
  public String name() {
    return host;
  }

  /**
   * One {@link Fact.ReachedFrom} per broker, or why there is none.
   *
   * @throws Unanswered when the place itself cannot be asked
   */
  public List<Observation> observe(List<BrokerNode> brokers, Duration deadline)
      throws IOException, InterruptedException {
    List<BrokerNode> asked =
        brokers.stream()
            .filter(b -> SshScript.isHost(b.host()) && !b.host().contains(","))
            .limit(BROKERS_MAX)
            .toList();
    String mark = "holter-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    int waitS = (int) Math.max(1, deadline.minus(LOGIN).toSeconds());
    String script = VantageScript.text(mark, asked, waitS, !encrypted);
    SshScript.Printed printed = ssh.run(host, script, BYTES_MAX, deadline);
    VantageScript.Told told = VantageScript.read(printed.text(), mark, asked);
    if (!told.able()) {
      throw new Unanswered(UnaskedWords.NO_TOOL);
    }
    List<Observation> seen = judged(asked, told);
    for (BrokerNode broker : brokers) {
      if (told.knocks().get(broker.id()) == null) {
        seen.add(unasked(broker));
      }
    }
    return seen;
  }

  /** It was not asked about, or no line came about it: either way nothing is known of it there. */
  private Observation unasked(BrokerNode broker) {
    Sentence why =
        SshScript.isHost(broker.host())
            ? Sentence.of(UnaskedWords.LATE)
            : Sentence.of(UnaskedWords.NO_HOST_NAME, broker.host());
    Sentence what = Sentence.of(UnaskedWords.FROM_VANTAGE, broker.id(), host);
    return new Observation(
        Source.OTHER_VANTAGE, host, clockMs.getAsLong(), new Fact.Unasked(what, why));
  }

  private List<Observation> judged(List<BrokerNode> brokers, VantageScript.Told told) {
    long nowMs = clockMs.getAsLong();
    var seen = new ArrayList<Observation>();
    for (BrokerNode broker : brokers) {
      Knock knock = told.knocks().get(broker.id());
      if (knock == null) {
        continue;
      }
      Fact fact =
          encrypted && knock.reach() == Reach.SILENT
              ? new Fact.Unasked(
                  Sentence.of(UnaskedWords.VANTAGE_AT, host),
                  Sentence.of(UnaskedWords.ENCRYPTED, broker.id()))
              : reached(broker, knock, told);
      seen.add(new Observation(Source.OTHER_VANTAGE, host, nowMs, fact));
    }
    return seen;
  }

  private Fact reached(BrokerNode broker, Knock knock, VantageScript.Told told) {
    double[] peers =
        told.knocks().entrySet().stream()
            .filter(e -> e.getKey() != broker.id() && e.getValue().answerMs() >= 0)
            .mapToDouble(e -> e.getValue().answerMs())
            .sorted()
            .toArray();
    boolean slow = knock.reach() == Reach.ANSWERED && BrokerReach.slow(knock.totalMs(), peers);
    return new Fact.ReachedFrom(
        host,
        broker.id(),
        broker.address(),
        slow ? Reach.SLOW : knock.reach(),
        knock.connectMs(),
        knock.answerMs());
  }
}
