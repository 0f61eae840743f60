package holter.server.remedy;

import holter.remedy.Earned;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A consent that the configuration gives beforehand, to kinds of steps that have earned it. After a
 * plan that nobody was asked about, somebody is asked about the next for half an hour. Not
 * thread-safe.
 */
public final class StandingConsent {
  private static final long COOL_DOWN_MS = Duration.ofMinutes(30).toMillis();
  private static final String WHO = "standing, by remedies.kubernetes: auto";

  private final Set<Earned.Kind> kinds;
  private final PlanFolder folder;
  private final RemedyDesk desk;
  private final LongSupplier clockMs;
  private long lastMs = Long.MIN_VALUE / 2;

  /**
   * @param kinds that it is given to; none: never
   * @param folder whose plans tell what was earned
   * @param clockMs engine time
   */
  public StandingConsent(
      Set<Earned.Kind> kinds, PlanFolder folder, RemedyDesk desk, LongSupplier clockMs) {
    this.kinds = Set.copyOf(kinds);
    this.folder = folder;
    this.desk = desk;
    this.clockMs = clockMs;
  }

  /**
   * Has the plan carried out, if the consent holds for all of it.
   *
   * @return why it is not begun; empty when it is
   * @throws IOException when earlier plans cannot be read, so that nothing is known to be earned
   */
  public Optional<Sentence> begin(Plan plan) throws IOException, InterruptedException {
    var why = new ArrayList<>(Earned.missing(plan, kinds, past()));
    long nowMs = clockMs.getAsLong();
    if (nowMs - lastMs < COOL_DOWN_MS) {
      why.add(Sentence.of(PlanWords.COOLS_DOWN, COOL_DOWN_MS / 60_000));
    }
    if (why.isEmpty()) {
      try {
        desk.apply(plan, plan.hash(), WHO);
        lastMs = nowMs;
        return Optional.empty();
      } catch (RemedyDesk.Refused refused) {
        why.add(Sentence.quote(String.valueOf(refused.getMessage())));
      }
    }
    return Optional.of(Sentence.of(PlanWords.STANDING_NOT_ENOUGH, plan.id(), why));
  }

  private List<Earned.Past> past() throws IOException {
    var past = new ArrayList<Earned.Past>();
    for (Plan plan : folder.plans()) {
      past.add(new Earned.Past(plan, folder.journal(plan).entries()));
    }
    return past;
  }
}
