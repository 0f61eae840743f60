package holter.diagnose;

import static holter.diagnose.Signs.say;

import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A process that stood still leaves a gap in its own log in which others missed it, and goes on
 * where it stopped, without a start. One that was only cut off would have logged meanwhile that its
 * heartbeats time out; a quiet one would have been missed by nobody.
 */
final class Slept {
  /** A fencing or an ejection may be dated this long after the gap by a clock that is ahead. */
  private static final long LATE_MS = 2_000;

  /** Leaders look for laggards at half the time that they allow, all at once. */
  private static final long LATER_MS = 6_000;

  /** What it does first when it wakes it does within this. */
  private static final long AT_ONCE_MS = 2_000;

  private static final int SEVERAL = 2;

  private Slept() {}

  /** The gap, where its broker was missed in it and did not start since it began. */
  static Optional<Seen<Fact.Logged>> gap(CaseFile file, int broker) {
    return file.of(Fact.Logged.class).reversed().stream()
        .filter(s -> s.fact().sign() == LogSign.STOOD_STILL && s.fact().brokerId() == broker)
        .filter(s -> file.startedMs(broker) < s.fact().firstWallMs())
        .filter(s -> fenced(file, s.fact()) || ejectedLate(file, s.fact()))
        .findFirst();
  }

  /** As {@link #gap}, or, where nobody told when the gap was, any gap of one that was fenced. */
  static boolean paused(CaseFile file, int broker) {
    boolean dated =
        file.of(Fact.Logged.class).stream()
            .anyMatch(s -> s.fact().sign() == LogSign.STOOD_STILL && s.fact().brokerId() == broker);
    return dated
        ? gap(file, broker).isPresent()
        : file.log(broker).filter(s -> s.fact().gapMs() > 0).isPresent()
            && file.complaints().fenced(broker).isPresent();
  }

  private static boolean inGap(Fact.Logged gap, long wallMs) {
    return wallMs >= gap.firstWallMs() && wallMs <= gap.lastWallMs() + LATE_MS;
  }

  /** The controller gave it up in the gap. */
  private static boolean fenced(CaseFile file, Fact.Logged gap) {
    return file.of(Fact.Complaint.class).stream()
        .map(Seen::fact)
        .filter(c -> c.kind() == ComplaintKind.FENCED && c.target() == gap.brokerId())
        .anyMatch(c -> inGap(gap, c.lastWallMs()) || inGap(gap, c.firstWallMs()));
  }

  /**
   * Several leaders ejected it in the gap, and it ejected its own followers when the gap ended,
   * long after: in one and the same trouble of the network both would have done so at the same
   * time.
   */
  private static boolean ejectedLate(CaseFile file, Fact.Logged gap) {
    var by = new TreeSet<Integer>();
    long last = Long.MIN_VALUE;
    long wokeMs = gap.lastWallMs();
    boolean ejectsOnWaking = false;
    for (var seen : file.of(Fact.Complaint.class)) {
      var said = seen.fact();
      if (said.kind() != ComplaintKind.ISR_EJECTED) {
        continue;
      }
      if (said.target() == gap.brokerId() && inGap(gap, said.lastWallMs())) {
        by.add(said.complainer());
        last = Math.max(last, said.lastWallMs());
      }
      ejectsOnWaking |=
          said.complainer() == gap.brokerId()
              && Math.abs(said.firstWallMs() - wokeMs) <= AT_ONCE_MS;
    }
    return by.size() >= SEVERAL && ejectsOnWaking && wokeMs - last >= LATER_MS;
  }

  /** Cites the gap; beside a fencing in it nothing else leaves that. */
  static void gap(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    gap(file, broker)
        .ifPresent(
            s -> {
              boolean sure = fenced(file, s.fact());
              say(
                  argument,
                  sure ? Says.DECIDES : Says.TELLS,
                  sure ? 2.5 : 2,
                  s.observation(),
                  CauseWords.SLEPT,
                  broker,
                  lastedMs(s));
            });
  }

  private static long lastedMs(Seen<Fact.Logged> gap) {
    return gap.fact().lastWallMs() - gap.fact().firstWallMs();
  }

  /** It has written since: it runs again. */
  static void writesAgain(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    gap(file, broker)
        .ifPresent(
            gap ->
                file.log(broker)
                    .ifPresent(
                        s ->
                            argument.fits(
                                0.3,
                                s.observation(),
                                CauseWords.WRITES_AGAIN,
                                broker,
                                s.fact().lastWallMs() - gap.fact().lastWallMs())));
  }

  /** Whom it ejected on waking, long after they had ejected it. */
  static void ejections(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    gap(file, broker)
        .filter(s -> ejectedLate(file, s.fact()))
        .flatMap(s -> file.complaints().ejectsMany(broker))
        .ifPresent(
            o ->
                argument.fits(
                    1,
                    o,
                    CauseWords.EJECTS_ON_WAKING,
                    broker,
                    file.complaints().ejectedBy(broker).size()));
  }

  /** It slept: what others saw of it meanwhile has its reason in that. */
  static Rule against(double weight) {
    return (argument, file, subject) ->
        gap(file, subject.brokerId())
            .ifPresent(
                s ->
                    argument.against(
                        weight,
                        s.observation(),
                        CauseWords.SLEPT,
                        subject.brokerId(),
                        lastedMs(s)));
  }
}
