package holter.remedy;

import holter.remedy.JournalEntry.Deed;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which kinds of steps have earned that nobody is asked about them any more: so many plans in a row
 * that did such a step, and after which the symptom was gone. One plan that did not help or was
 * taken back, and the kind begins anew. Pure.
 */
public final class Earned {
  /** So many plans in a row must have helped. */
  public static final int PLANS = 3;

  /** How the consent of a configuration begins, after the hash. */
  public static final String STANDING = "standing, by ";

  /** After the last line of a plan that nobody was asked about, somebody is asked for so long. */
  public static final long COOL_DOWN_MS = 30 * 60_000;

  /** What can be done unasked in Kubernetes. */
  public enum Kind {
    UNCORDON,
    RELAX,
    EVICT;

    /** As the configuration has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Empty for what is only ever a taking back, for what Kafka does, and for what the runner does
     * by itself on its own proofs.
     */
    static Optional<Kind> of(Act act) {
      return switch (act) {
        case KubeAct.Uncordon _ -> Optional.of(UNCORDON);
        case KubeAct.Relax _ -> Optional.of(RELAX);
        case KubeAct.Evict _ -> Optional.of(EVICT);
        case KubeAct.Restart _, KubeAct.Cordon _, KubeAct.Pin _, Act.MoveLeader _ ->
            Optional.empty();
      };
    }
  }

  /**
   * A plan of earlier, and what became of it.
   *
   * @param journal oldest line first; empty when nothing was done
   */
  public record Past(Plan plan, List<JournalEntry> journal) {
    public Past {
      journal = List.copyOf(journal);
    }

    private boolean any(Deed deed) {
      return journal.stream().anyMatch(entry -> entry.deed() == deed);
    }

    private boolean consented(String by) {
      return journal.stream()
          .anyMatch(
              e -> e.deed() == Deed.CONSENTED && e.detail().startsWith(plan.hash() + " " + by));
    }

    /** The symptom went, after a consent to this very plan, and nobody took it back. */
    public boolean helped() {
      return consented("") && any(Deed.CURED) && !any(Deed.UNDO_WANTED);
    }

    /** Nobody was asked about it; leaders that are moved unasked are another matter. */
    private boolean unasked() {
      return consented(STANDING)
          && plan.steps().stream().anyMatch(step -> Kind.of(step.act()).isPresent());
    }

    private boolean begun() {
      return any(Deed.INTENDED);
    }

    private long lastWallMs() {
      return journal.stream().mapToLong(JournalEntry::wallMs).max().orElse(Long.MIN_VALUE);
    }

    /** It did a step of this kind itself; what it found done proves nothing. */
    private boolean did(Kind kind) {
      return plan.steps().stream()
          .filter(step -> Kind.of(step.act()).equals(Optional.of(kind)))
          .anyMatch(
              step ->
                  journal.stream()
                      .anyMatch(e -> e.deed() == Deed.DONE && e.step() == step.number()));
    }

    private boolean has(Kind kind) {
      return plan.steps().stream().anyMatch(s -> Kind.of(s.act()).equals(Optional.of(kind)));
    }
  }

  private Earned() {}

  /** How many plans in a row with a step of this kind helped, up to now. */
  public static int inARow(Kind kind, List<Past> all) {
    var byEnd =
        Comparator.comparingLong(Past::lastWallMs).thenComparingLong(p -> p.plan().madeAtWallMs());
    int helped = 0;
    for (Past past : all.stream().sorted(byEnd).toList()) {
      if (past.helped()) {
        helped += past.did(kind) ? 1 : 0;
      } else if (past.has(kind) && past.begun()) {
        helped = 0;
      }
    }
    return helped;
  }

  /**
   * Why somebody must be asked about a plan; empty when nobody need be.
   *
   * @param named kinds that the configuration gives a standing consent for
   * @param all earlier plans, in any order; those for other clusters count for nothing
   */
  public static List<Sentence> missing(Plan plan, Set<Kind> named, List<Past> all, long nowWallMs) {
    var why = new ArrayList<Sentence>();
    List<Past> here = all.stream().filter(past -> sameCluster(plan, past.plan())).toList();
    if (here.stream().anyMatch(p -> p.unasked() && nowWallMs - p.lastWallMs() < COOL_DOWN_MS)) {
      why.add(Sentence.of(PlanWords.COOLS_DOWN, COOL_DOWN_MS / 60_000));
    }
    var kinds = EnumSet.noneOf(Kind.class);
    for (Step step : plan.steps()) {
      Kind.of(step.act())
          .ifPresentOrElse(
              kinds::add,
              () -> why.add(Sentence.of(PlanWords.NEVER_UNASKED, step.act().canonical())));
    }
    for (Kind kind : kinds) {
      int helped = inARow(kind, here);
      if (!named.contains(kind)) {
        why.add(Sentence.of(PlanWords.KIND_NOT_NAMED, kind.word()));
      } else if (helped < PLANS) {
        why.add(Sentence.of(PlanWords.KIND_NOT_EARNED, kind.word(), helped, PLANS));
      }
    }
    return why;
  }

  /** One address in common is enough: not everybody names all of them. */
  private static boolean sameCluster(Plan one, Plan other) {
    return one.topic().equals(other.topic())
        && !Collections.disjoint(
            List.of(one.cluster().split(",")), List.of(other.cluster().split(",")));
  }
}
