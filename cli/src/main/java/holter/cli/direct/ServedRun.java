package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.cli.remote.ServedPlans;
import holter.remedy.Execution;
import holter.server.text.Tongue;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Has a server carry out a plan, or take it back, and tells each line of the journal as it is
 * written. The server does it in a thread of its own: it goes on when nobody looks any more.
 */
final class ServedRun {
  private static final Duration EVERY = Duration.ofMillis(500);

  /** A server that is started anew, or a network that hiccups, is waited for so long. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  /** For looks, leases and the proof, beside what the steps' own deadlines come to. */
  private static final Duration BESIDE = Duration.ofMinutes(5);

  private final ServedPlans plans;
  private final Terminal terminal;
  private final Optional<Duration> timeout;
  private int told;

  /**
   * @param timeout how long is looked at it; empty: as long as it may take
   */
  ServedRun(ServedPlans plans, Terminal terminal, Optional<Duration> timeout) {
    this.plans = plans;
    this.terminal = terminal;
    this.timeout = timeout;
  }

  /**
   * Begins and follows; the exit code, 0 when it ends as wanted.
   *
   * @param deed {@code apply} or {@code undo}
   * @param plan as it was shown: its hash is what is consented to
   */
  int go(String deed, ServedPlan plan, Execution.End wanted) throws InterruptedException {
    String id = plan.page().id();
    long endNanos =
        System.nanoTime() + timeout.orElseGet(() -> BESIDE.plusMillis(plan.boundMs())).toNanos();
    plans.begin(deed, id, plan.page().hash(), RemedyConsent.who());
    terminal.progress("the server has begun; it goes on even if you end this command");
    told = plan.journal().size();
    long heardNanos = System.nanoTime();
    while (true) {
      Optional<ServedPlan> seen = look(id);
      long nowNanos = System.nanoTime();
      if (seen.isPresent()) {
        heardNanos = nowNanos;
        tell(seen.get());
        if (!seen.get().running()) return end(seen.get(), wanted);
      } else if (nowNanos - heardNanos > SILENCE_MAX.toNanos()) {
        throw gone(id);
      }
      if (nowNanos > endNanos) throw late(id);
      Thread.sleep(EVERY);
    }
  }

  /** Empty when the server does not tell; whatever it says instead, the plan may be under way. */
  private Optional<ServedPlan> look(String id) {
    try {
      return Optional.of(ServedPlan.of(plans.one(id)));
    } catch (Refusal silent) {
      return Optional.empty();
    }
  }

  private void tell(ServedPlan now) {
    now.journal().stream().skip(told).forEach(noted -> terminal.progress(noted.line()));
    told = Math.max(told, now.journal().size());
  }

  private int end(ServedPlan last, Execution.End wanted) {
    Tongue tongue = terminal.chinese() ? Tongue.ZH : Tongue.EN;
    String how = last.end().map(tongue::say).orElseThrow(() -> halfway(last));
    terminal.print(last.answer(), () -> how);
    if (last.state().equals(wanted.name().toLowerCase(Locale.ROOT))) {
      return Exit.OK;
    }
    return last.state().equals("unproved") ? Exit.CANNOT_TELL : Exit.REMEDY_FAILED;
  }

  private Refusal halfway(ServedPlan last) {
    return new Refusal(
        Exit.REMEDY_FAILED,
        "plan %s is %s, and the server is not at it any more"
            .formatted(last.page().id(), last.state().replace('_', ' ')),
        "a file stop, another leader or a new start ended it",
        "the same command again: it goes on where the journal ends");
  }

  private Refusal gone(String id) {
    return Refusal.cannotTell(
        "the server at %s does not answer any more".formatted(plans.server()),
        "while it lives, it goes on with plan %s by itself".formatted(id),
        plans.toShow(id));
  }

  private Refusal late(String id) {
    return Refusal.cannotTell(
        "plan %s is not over yet, and was looked at for long enough".formatted(id),
        "the server goes on with it by itself",
        plans.toShow(id));
  }
}
