package holter.remedy;

import holter.remedy.KubeNode.Condition;
import holter.remedy.KubeNode.NodeEvent;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proof that a cordoned node has recovered, clause by clause; only all of them together prove it,
 * and what is not known proves nothing. The bar is high because what once filled a disk is often
 * still there: to open such a node fills it again.
 *
 * <p>There is deliberately no clause of a canary pod: the role that Holter ships with cannot create
 * pods. The first pods that land take its part: whoever carries a plan out moves one at a time and
 * watches it become ready before the next.
 */
public final class Recovery {
  /** For so long everything must have been well: far above the five minutes that pressure lasts. */
  public static final long WELL_FOR_MS = 30 * 60_000;

  /** As long as a kubelet's lease holds. */
  static final long LEASE_MAX_MS = 40_000;

  private static final long MINUTE_MS = 60_000;
  private static final Set<String> PRESSURES =
      Set.of("MemoryPressure", "PIDPressure", "NetworkUnavailable");

  /** Conditions of node-problem-detector that tell of a fault when they are true. */
  private static final Set<String> FAULTS =
      Set.of(
          "KernelDeadlock",
          "ReadonlyFilesystem",
          "XfsShutdown",
          "CorruptDockerOverlay2",
          "FrequentKubeletRestart",
          "FrequentDockerRestart",
          "FrequentContainerdRestart",
          "FrequentUnregisterNetDevice",
          "KubeletUnhealthy",
          "ContainerRuntimeUnhealthy",
          "CperHardwareErrorFatal");

  private static final Set<String> BAD_EVENTS =
      Set.of("FreeDiskSpaceFailed", "ImageGCFailed", "NodeHasDiskPressure", "EvictionThresholdMet");

  /** What is looked at. */
  public enum Clause {
    CONDITIONS(RecoveryWords.CONDITIONS),
    TAINTS(RecoveryWords.TAINTS),
    SPACE(RecoveryWords.SPACE),
    TREND(RecoveryWords.TREND),
    QUIET(RecoveryWords.QUIET),
    OWNER(RecoveryWords.OWNER);

    private final RecoveryWords word;

    Clause(RecoveryWords word) {
      this.word = word;
    }

    /** In words. */
    public RecoveryWords word() {
      return word;
    }
  }

  /** What is found of a clause. */
  public enum Mark {
    HOLDS,
    FAILS,
    UNKNOWN
  }

  /** A clause, and the evidence for its mark. */
  public record Found(Clause clause, Mark mark, Sentence evidence) {}

  /**
   * All clauses, in order.
   *
   * @param node its name
   */
  public record Verdict(String node, List<Found> found) {
    public Verdict {
      found = List.copyOf(found);
    }

    /** Whether every clause holds. */
    public boolean recovered() {
      return found.stream().allMatch(each -> each.mark() == Mark.HOLDS);
    }

    /** Clauses that do not hold. */
    public List<Found> missing() {
      return found.stream().filter(each -> each.mark() != Mark.HOLDS).toList();
    }
  }

  private final KubeNode node;
  private final long nowWallMs;

  private Recovery(KubeNode node, long nowWallMs) {
    this.node = node;
    this.nowWallMs = nowWallMs;
  }

  /**
   * Judges a node.
   *
   * @param landingBytes of images and scratch space that are about to land on it
   */
  public static Verdict judge(KubeNode node, long nowWallMs, double landingBytes) {
    var recovery = new Recovery(node, nowWallMs);
    return new Verdict(
        node.name(),
        List.of(
            recovery.conditions(),
            recovery.taints(),
            DiskRecovery.space(node.disk(), landingBytes),
            DiskRecovery.trend(node.disk()),
            recovery.quiet(),
            recovery.owner()));
  }

  static Found found(Clause clause, Mark mark, RecoveryWords words, Object... args) {
    return new Found(clause, mark, Sentence.of(words, args));
  }

  private Found conditions() {
    for (String pressure : PRESSURES.stream().sorted().toList()) {
      Optional<Condition> told = node.condition(pressure);
      if (told.isPresent() && !told.get().status().equals("False")) {
        Mark mark = told.get().status().equals("True") ? Mark.FAILS : Mark.UNKNOWN;
        String status = told.get().status();
        return found(Clause.CONDITIONS, mark, RecoveryWords.CONDITION_IS, pressure, status);
      }
    }
    Optional<Found> bad = unwell("Ready", "True").or(() -> unwell("DiskPressure", "False"));
    if (bad.isPresent()) {
      return bad.get();
    }
    if (node.leaseAgeMs() < 0) {
      return found(Clause.CONDITIONS, Mark.UNKNOWN, RecoveryWords.LEASE_UNKNOWN);
    }
    long leaseS = node.leaseAgeMs() / 1000;
    return node.leaseAgeMs() > LEASE_MAX_MS
        ? found(Clause.CONDITIONS, Mark.FAILS, RecoveryWords.LEASE_OLD, leaseS, LEASE_MAX_MS / 1000)
        : found(
            Clause.CONDITIONS,
            Mark.HOLDS,
            RecoveryWords.WELL_FOR,
            minutes("Ready"),
            minutes("DiskPressure"),
            leaseS);
  }

  private long minutes(String type) {
    return node.condition(type).map(c -> (nowWallMs - c.sinceWallMs()) / MINUTE_MS).orElse(0L);
  }

  /** What is wrong with a condition that must have been so for long; empty when nothing is. */
  private Optional<Found> unwell(String type, String wanted) {
    Optional<Condition> told = node.condition(type);
    if (told.isEmpty() || told.get().sinceWallMs() < 0) {
      return Optional.of(found(Clause.CONDITIONS, Mark.UNKNOWN, RecoveryWords.NOT_TOLD, type));
    }
    String status = told.get().status();
    if (!status.equals(wanted)) {
      Mark mark = status.equals("Unknown") ? Mark.UNKNOWN : Mark.FAILS;
      return Optional.of(found(Clause.CONDITIONS, mark, RecoveryWords.CONDITION_IS, type, status));
    }
    return nowWallMs - told.get().sinceWallMs() >= WELL_FOR_MS
        ? Optional.empty()
        : Optional.of(
            found(
                Clause.CONDITIONS,
                Mark.FAILS,
                RecoveryWords.CONDITION_YOUNG,
                type,
                status,
                minutes(type),
                WELL_FOR_MS / MINUTE_MS));
  }

  private Found taints() {
    return node.taints().stream()
        .filter(taint -> !taint.key().equals(Landing.CORDON))
        .findFirst()
        .map(
            taint ->
                found(
                    Clause.TAINTS, Mark.FAILS, RecoveryWords.TAINTED, taint.key(), taint.effect()))
        .orElseGet(() -> found(Clause.TAINTS, Mark.HOLDS, RecoveryWords.NO_TAINT));
  }

  private Found quiet() {
    List<Found> doubts = new ArrayList<>();
    for (NodeEvent event : node.events()) {
      if (event.equals(NodeEvent.UNREAD)) {
        doubts.add(found(Clause.QUIET, Mark.UNKNOWN, RecoveryWords.EVENTS_UNREAD));
      } else if (BAD_EVENTS.contains(event.reason()) && event.wallMs() < 0) {
        doubts.add(
            found(Clause.QUIET, Mark.UNKNOWN, RecoveryWords.HAPPENED_SOMETIME, event.reason()));
      } else if (BAD_EVENTS.contains(event.reason()) && nowWallMs - event.wallMs() < WELL_FOR_MS) {
        long ago = Math.max(0, nowWallMs - event.wallMs()) / MINUTE_MS;
        return found(Clause.QUIET, Mark.FAILS, RecoveryWords.HAPPENED, event.reason(), ago);
      }
    }
    for (Condition told : node.conditions()) {
      if (FAULTS.contains(told.type()) && !told.status().equals("False")) {
        Mark mark = told.status().equals("True") ? Mark.FAILS : Mark.UNKNOWN;
        doubts.add(
            found(Clause.QUIET, mark, RecoveryWords.CONDITION_IS, told.type(), told.status()));
      }
    }
    return doubts.stream()
        .min((one, two) -> one.mark().compareTo(two.mark()))
        .orElseGet(
            () -> found(Clause.QUIET, Mark.HOLDS, RecoveryWords.SILENT, WELL_FOR_MS / MINUTE_MS));
  }

  private Found owner() {
    Set<String> marks = new HashSet<>(node.marks());
    node.conditions().forEach(told -> marks.add(told.type()));
    node.taints().forEach(taint -> marks.add(taint.key()));
    Optional<String> owner = NodeOwners.of(marks);
    if (owner.isPresent()) {
      return found(Clause.OWNER, Mark.FAILS, RecoveryWords.OWNED, owner.get());
    }
    if (node.cordon().isEmpty()) {
      return found(Clause.OWNER, Mark.HOLDS, RecoveryWords.NOT_CLOSED);
    }
    String by = node.cordon().get().by();
    if (by.isEmpty()) {
      return found(Clause.OWNER, Mark.UNKNOWN, RecoveryWords.CLOSED_BY_NOBODY_TOLD);
    }
    if (by.startsWith("holter")) {
      return found(Clause.OWNER, Mark.FAILS, RecoveryWords.CLOSED_BY_HOLTER);
    }
    return switch (NodeOwners.closer(by)) {
      case PERSON -> found(Clause.OWNER, Mark.HOLDS, RecoveryWords.NOBODYS, by);
      case AUTOMATON -> found(Clause.OWNER, Mark.FAILS, RecoveryWords.CLOSED_BY_TOOL, by);
      case UNKNOWN -> found(Clause.OWNER, Mark.UNKNOWN, RecoveryWords.CLOSED_BY_UNKNOWN, by);
    };
  }
}
