package holter.lab.bench;

import holter.lab.bench.DetectScenario.Fleet;
import holter.lab.bench.DetectScenario.Proofs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What ours must keep in every scenario; each broken promise names a seed and how to replay it. */
final class DetectGates {
  private static final double PROVED_P50_S = 2.5;
  private static final double PROVED_P99_S = 5;
  private static final double WITNESSED_P99_S = 6;
  private static final double AFTER_BLINDNESS_S = 5;

  /** Beyond the allowance for idle work: a beat must tell it, and the next one confirm it. */
  private static final double AFTER_ALLOWANCE_S = 2.5;

  /** The timer formula: misses and the sick slots between them, in intervals, and this. */
  private static final double BEYOND_THE_SLOTS_S = 1.5;

  private static final int MISSES = 3;
  private static final int PARTITIONS = 5;
  private static final double HEALTHY_S = 5;

  /** A path that was sick is believed well after ten good samples, five a second at best. */
  private static final double HEALING_S = 3;

  /** Who cannot be asked may have been blocked by its own client; decision 008. */
  private static final double CLIENT_BLOCKS_S = 60;

  private static final double HELD_WITHIN_S = 6;
  private static final double RIGHT_REASONS = 0.99;

  private final int seeds;
  private final List<String> broken = new ArrayList<>();

  DetectGates(int seeds) {
    this.seeds = seeds;
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  /** Every trial must have been played. */
  void played(String what, int trials, int expected) {
    if (trials != expected) {
      broken.add("%s: %d of %d trials played".formatted(what, trials, expected));
    }
  }

  void hold(DetectScenario scenario, boolean rotating, List<Trial> here) {
    String name = scenario.id() + (rotating ? " rotating" : " sticky");
    played(name, here.size(), seeds);
    none(name, "false restarts", here, t -> t.wrong() > 0);
    none(name, "healthy workers held for dead", here, t -> t.falseVerdicts() > 0);
    none(name, "workers restarted twice", here, t -> t.doubleRestarts() > 0);
    none(name, "deaths missed", here, t -> t.missed() > 0);
    none(name, "broken promises", here, t -> !t.broken().isEmpty());
    proved(scenario, name, here);
    inferred(scenario, rotating, name, here);
    held(name, here);
    reasons(name, here);
  }

  private void none(String name, String what, List<Trial> here, Predicate<Trial> broke) {
    here.stream()
        .filter(broke)
        .findFirst()
        .ifPresent(
            t ->
                broken.add(
                    "%s: %s; seed %d: %s %s; replay: %s"
                        .formatted(name, what, t.seed(), t.mistakes(), t.broken(), t.replay())));
  }

  private void atMost(String name, String what, double seconds, double limit) {
    if (seconds > limit) {
      broken.add("%s: %s %.1f s, more than %.1f s".formatted(name, what, seconds, limit));
    }
  }

  private void proved(DetectScenario scenario, String name, List<Trial> here) {
    var times = DetectTable.verdict(here, true);
    switch (scenario.traits().proofs()) {
      case AT_ONCE -> {
        boolean witnessed = scenario.witnessed();
        atMost(name, "proved p50", times.p50(), witnessed ? WITNESSED_P99_S : PROVED_P50_S);
        atMost(name, "proved p99", times.p99(), witnessed ? WITNESSED_P99_S : PROVED_P99_S);
      }
      case AFTER_BLINDNESS ->
          atMost(name, "proved after the blind time", times.max(), AFTER_BLINDNESS_S);
      case AFTER_ALLOWANCE ->
          atMost(
              name,
              "idle",
              times.max(),
              DetectScenarios.WORK_MAY_STAND_MS / 1e3 + AFTER_ALLOWANCE_S);
    }
  }

  private void inferred(DetectScenario scenario, boolean rotating, String name, List<Trial> here) {
    boolean foreign = scenario.fleet() != Fleet.AGENTS;
    int misses = MISSES + (foreign ? 1 : 0);
    int sick = rotating ? sickSlots(scenario.traits().sickPaths()) : 0;
    double slots = misses + sick + BEYOND_THE_SLOTS_S;
    double after = HEALING_S + misses + BEYOND_THE_SLOTS_S + (foreign ? CLIENT_BLOCKS_S : 0);
    boolean blind = scenario.traits().proofs() == Proofs.AFTER_BLINDNESS;
    var times = DetectTable.inferred(here, false);
    if (blind) {
      atMost(name, "inferred after the blind time", times.max(), AFTER_BLINDNESS_S);
    } else {
      atMost(name, "inferred p99", times.p99(), sick == 0 && !foreign ? HEALTHY_S : slots);
    }
    atMost(
        name,
        "inferred after the path was well, p99",
        DetectTable.inferred(here, true).p99(),
        after);
  }

  /** The sick slots that a rotating sender passes at worst while it misses enough healthy ones. */
  private static int sickSlots(int sickPaths) {
    int healthy = PARTITIONS - sickPaths;
    return sickPaths * ((MISSES + healthy - 1) / healthy);
  }

  /** Who is dead and cannot be told so yet is held meanwhile. */
  private void held(String name, List<Trial> here) {
    for (var trial : here) {
      trial.found().stream()
          .filter(f -> !f.proved() && f.waited())
          .filter(f -> f.quietS() > HELD_WITHIN_S + MISSES)
          .filter(f -> f.heldS() < 0 || f.heldS() > HELD_WITHIN_S)
          .findFirst()
          .ifPresent(
              f ->
                  broken.add(
                      "%s: a death was neither told nor held within %.0f s (%s); replay: %s"
                          .formatted(name, HELD_WITHIN_S, f, trial.replay())));
    }
  }

  /** Of every hundred holds at most one may name what is not the matter. */
  private void reasons(String name, List<Trial> here) {
    long all = 0;
    long wrong = 0;
    for (var trial : here) {
      all += trial.held().values().stream().mapToLong(n -> n).sum();
      wrong += trial.heldWrongly().values().stream().mapToLong(n -> n).sum();
    }
    if (all > 0 && wrong > (1 - RIGHT_REASONS) * all) {
      var first = here.stream().filter(t -> !t.heldWrongly().isEmpty()).findFirst().orElseThrow();
      broken.add(
          "%s: %d of %d holds for a wrong reason; seed %d: %s; replay: %s"
              .formatted(name, wrong, all, first.seed(), first.mistakes(), first.replay()));
    }
  }
}
