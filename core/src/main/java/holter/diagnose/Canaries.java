package holter.diagnose;

import holter.diagnose.Entry.Rule;
import java.util.Optional;

/** Records written to Holter's own topic: what one leader, and what all its replicas, took. */
final class Canaries {
  /** Above this a record is late, in ms; a well broker takes a few. */
  static final double LATE_MS = 1_500;

  static final double SLOW_MS = 500;
  static final int ALL = -1;
  static final int LEADER = 1;

  private Canaries() {}

  /** The latest to a leader with these acks. */
  static Optional<Seen<Fact.CanarySent>> to(CaseFile file, int leader, int acks) {
    return file.of(Fact.CanarySent.class).reversed().stream()
        .filter(s -> s.fact().leaderId() == leader && s.fact().acks() == acks)
        .findFirst();
  }

  static boolean inTime(Fact.CanarySent sent) {
    return sent.code().isEmpty() && sent.ms() >= 0 && sent.ms() < LATE_MS;
  }

  /** Late, or never; a refusal by code is neither. */
  static boolean late(Fact.CanarySent sent) {
    boolean timedOut = sent.code().isEmpty() || sent.code().contains("TIME");
    return timedOut && !inTime(sent);
  }

  /** A record is late at a broker that answers a small request at once. */
  static Rule slowBesideFastDoor(double weight) {
    return (argument, file, subject) -> {
      boolean fast =
          file.reach(subject.brokerId())
              .filter(s -> s.fact().reach() == Reach.ANSWERED)
              .isPresent();
      to(file, subject.brokerId(), LEADER)
          .filter(s -> fast && (late(s.fact()) || s.fact().ms() >= SLOW_MS))
          .ifPresent(
              s ->
                  argument.tells(
                      weight,
                      s.observation(),
                      CauseWords.CANARY_LATE,
                      subject.brokerId(),
                      Math.max(0, (long) s.fact().ms())));
    };
  }
}
