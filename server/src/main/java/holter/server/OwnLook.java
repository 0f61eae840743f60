package holter.server;

import holter.detect.ProbeOutcome;
import holter.detect.RestartTruth;
import holter.engine.Action;
import holter.engine.RestartOrder;
import holter.fleet.KnownInstance;
import holter.server.port.Look;
import holter.server.probe.Prober;
import java.util.Optional;

/** The truth of a restart from the instance's own mouth: asked once more, as the engine asks. */
final class OwnLook implements Look {
  /** An interval that is not known is taken for this. */
  private static final long INTERVAL_MS = 1_000;

  private final Prober prober;
  private final Roll roll;

  OwnLook(Prober prober, Roll roll) {
    this.prober = prober;
    this.roll = roll;
  }

  @Override
  public Seen at(RestartOrder order) {
    Optional<KnownInstance> known = roll.of(order.instance());
    if (known.isEmpty() || known.get().answerAt().isEmpty()) {
      return new Seen(RestartTruth.UNKNOWN, "it has no address to ask");
    }
    KnownInstance who = known.get();
    long intervalMs = who.intervalMs() > 0 ? who.intervalMs() : INTERVAL_MS;
    return told(
        prober.once(
            new Action.Probe(order.instance(), order.expected(), who.answerAt(), who.host())),
        3 * intervalMs);
  }

  /** A mute port proves nothing without a witness: it may be the way to it. */
  static Seen told(ProbeOutcome outcome, long stuckMs) {
    return switch (outcome) {
      case ProbeOutcome.Answered answer when answer.beatAgeMs() < 0 ->
          new Seen(RestartTruth.UNKNOWN, "it answers, and tells no beat");
      case ProbeOutcome.Answered answer when answer.beatAgeMs() > stuckMs ->
          new Seen(
              RestartTruth.HUNG,
              "it answers, and its beat loop stands for " + answer.beatAgeMs() + " ms",
              answer.incarnationCounter());
      case ProbeOutcome.Answered answer ->
          new Seen(
              RestartTruth.HEALTHY,
              "it answers, and its beat loop turned " + answer.beatAgeMs() + " ms ago",
              answer.incarnationCounter());
      case ProbeOutcome.TimedOut silent when silent.hostAnswered() ->
          new Seen(RestartTruth.HUNG, "it does not answer, and its host does");
      case ProbeOutcome.TimedOut ignored ->
          new Seen(RestartTruth.UNKNOWN, "neither it nor its host answers");
      case ProbeOutcome.Refused ignored ->
          new Seen(RestartTruth.UNKNOWN, "nobody listens at its port");
      case ProbeOutcome.NotAsked none -> new Seen(RestartTruth.UNKNOWN, none.why().english());
    };
  }
}
