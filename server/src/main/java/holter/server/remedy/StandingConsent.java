package holter.server.remedy;

import holter.remedy.Earned;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.words.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The consent that the configuration gives beforehand to plans on Kubernetes whose kinds of steps
 * it names and which have earned it. After one that did not help it holds for none any more, as
 * long as this lives. Used by one thread.
 */
public final class StandingConsent {
  /** Who consents, as the journal has it. */
  private static final String WHO = Earned.STANDING + "remedies.kubernetes: auto";

  private final Set<Earned.Kind> named;
  private final PlanFolder folder;
  private final RemedyDesk desk;
  private final LongSupplier wallMs;
  private String last = "";

  /**
   * @param named kinds of steps that the configuration names
   * @param folder whose plans tell what was earned
   * @param desk carries out what it holds for
   * @param wallMs the wall clock, which journals are dated by
   */
  public StandingConsent(
      Set<Earned.Kind> named, PlanFolder folder, RemedyDesk desk, LongSupplier wallMs) {
    this.named = Set.copyOf(named);
    this.folder = folder;
    this.desk = desk;
    this.wallMs = wallMs;
  }

  /**
   * Begins to carry a plan out, if it holds for it; may wait some seconds for another's lease.
   *
   * @return why somebody must be asked; empty when it is begun
   */
  public Optional<Sentence> begin(Plan plan) throws InterruptedException {
    List<Sentence> why = hindrances(plan);
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of(Sentence.of(PlanWords.STANDING_NOT_ENOUGH, plan.id(), why));
  }

  private List<Sentence> hindrances(Plan plan) throws InterruptedException {
    try {
      List<Earned.Past> past = past();
      var why = new ArrayList<>(Earned.missing(plan, named, past, wallMs.getAsLong()));
      if (!last.isEmpty() && !helped(last, past)) {
        why.add(Sentence.of(PlanWords.LAST_NOT_CURED, last));
      }
      if (why.isEmpty()) {
        desk.apply(plan, plan.hash(), WHO);
        last = plan.id();
      }
      return why;
    } catch (RemedyDesk.Refused refused) {
      return List.of(Sentence.quote(String.valueOf(refused.getMessage())));
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of(Sentence.of(PlanWords.PAST_UNREAD, String.valueOf(unreadable.getMessage())));
    }
  }

  private static boolean helped(String id, List<Earned.Past> past) {
    return past.stream().filter(p -> p.plan().id().equals(id)).anyMatch(Earned.Past::helped);
  }

  /** A journal whose digests do not hold ends this: then nothing is known to be earned. */
  private List<Earned.Past> past() throws IOException {
    var past = new ArrayList<Earned.Past>();
    for (Plan plan : folder.plans()) {
      past.add(new Earned.Past(plan, folder.journal(plan).entries()));
    }
    return past;
  }
}
