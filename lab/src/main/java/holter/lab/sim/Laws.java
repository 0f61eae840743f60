package holter.lab.sim;

import holter.detect.DeathProof;
import holter.engine.RestartOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What must hold after each event, whatever the seed: budgets are kept, nobody on a sick path dies
 * of silence, who stops on purpose is not counted dead, and a hold names what is really the matter.
 */
final class Laws {
  /** A path, a probe's way or an observer that is well again is still felt for so long. */
  private static final long FELT_MS = 15_000;

  /** The operator's promises: docs/detection.md, limits. */
  private static final int PROVED_PER_SECOND_MAX = 30;

  private static final int INFERRED_PER_10_S_MAX = 3;
  private static final double INFERRED_SHARE = 0.05;
  private static final long INFERRED_WINDOW_MS = 300_000;
  private static final long PER_HOST_MS = 60_000;

  private final SimWorld world;
  private final Deque<Long> proved = new ArrayDeque<>();
  private final Deque<Long> inferred = new ArrayDeque<>();
  private final Map<Integer, Long> inferredOnHostMs = new HashMap<>();

  Laws(SimWorld world) {
    this.world = world;
  }

  /** An order that leads to a restart. */
  void ordered(int number, RestartOrder order) {
    long now = world.nowMs();
    boolean silence = order.proof() == DeathProof.SILENCE;
    var times = silence ? inferred : proved;
    times.removeIf(at -> now - at > INFERRED_WINDOW_MS);
    times.add(now);
    if (!silence) {
      law(within(proved, 1_000) <= PROVED_PER_SECOND_MAX, "the budget of proved deaths was passed");
      return;
    }
    double share = Math.max(2, INFERRED_SHARE * world.fleet().workers());
    law(inferred.size() <= share, "more than a twentieth of the fleet was restarted by inference");
    law(within(inferred, 10_000) <= INFERRED_PER_10_S_MAX, "the budget of inferences was passed");
    Long before = inferredOnHostMs.put(world.worker(number).host, now);
    law(before == null || now - before >= PER_HOST_MS, "two inferences on one host in a minute");
  }

  private long within(Deque<Long> times, long ms) {
    return times.stream().filter(at -> world.nowMs() - at < ms).count();
  }

  /** A worker is held for dead. */
  void died(int number, DeathProof proof) {
    var worker = world.worker(number);
    String who = "worker " + number;
    law(worker.life != Life.PLANNED, who + " stopped on purpose, and was held for dead");
    if (proof == DeathProof.SILENCE) {
      boolean mute = worker.life == Life.RUNNING && !world.reachesKafka(worker.host);
      boolean hearable = world.ailments().hearable(number);
      law(hearable, who + " was held for dead by silence on a sick path");
      law(!mute, who + " was held for dead while its host was cut off");
    }
  }

  private void law(boolean kept, String otherwise) {
    if (!kept) {
      world.truth().broken(world.nowMs(), otherwise);
    }
  }

  /** It was restarted, and nobody can have heard its new life yet. */
  boolean starting(int number) {
    var worker = world.worker(number);
    long unheardMs = 2 * world.fleet().intervalMs();
    return worker.life == Life.BOOTING || world.nowMs() - worker.bornMs <= unheardMs;
  }

  /** Whether a hold's reason is what is really the matter with the worker. */
  boolean rightly(int number, String reason) {
    var worker = world.worker(number);
    long now = world.nowMs();
    var ill = world.ailments();
    boolean paths = now - ill.pathsMs(number) <= FELT_MS || now < worker.blockedUntilMs;
    boolean host = now - ill.hostMs(worker.host) <= FELT_MS;
    boolean probes = now - ill.probesMs() <= FELT_MS;
    return switch (reason) {
      case "CHANNEL_PARTITION" -> paths;
      case "CHANNEL_ALL" -> now - ill.allPathsMs() <= FELT_MS;
      case "OBSERVER_GRACE" -> now - ill.observerMs() <= FELT_MS;
      case "PROBE_PATH" -> probes;
      case "HOST_PATH" -> host || probes;
      case "COHORT" -> host || paths;
      case "NOT_LEADER" -> worker.life.dead() || starting(number);
      case "BUDGET", "BREAKER" -> worker.life.dead();
      default -> throw new IllegalArgumentException("a reason without a truth: " + reason);
    };
  }
}
