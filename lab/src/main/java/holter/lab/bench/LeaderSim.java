package holter.lab.bench;

import holter.lab.bench.LeaderTrial.Deed;
import holter.lab.bench.LeaderTrial.Moment;
import holter.lab.sim.Faults;
import holter.lab.sim.Life;
import holter.lab.sim.PathKind;
import holter.lab.sim.SimSettings;
import holter.lab.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A trial in virtual time: two replicas, forty workers, one of five partitions lost in every second
 * trial. A restarted worker takes 20 s to beat again, far longer than a takeover, so an order that
 * the next leader does not know of is given twice.
 */
final class LeaderSim {
  private static final SimSettings FLEET = new SimSettings(40, 5, 8, 1_000, true, true, false);
  private static final List<Moment> MOMENTS = List.of(Moment.values());
  private static final long CALM_MS = 60_000;
  private static final long AFTER_MS = 120_000;

  private LeaderSim() {}

  static LeaderTrial play(long seed) {
    var random = new SplittableRandom(seed);
    var moment = MOMENTS.get((int) (seed % MOMENTS.size()));
    var deed = random.nextInt(2) == 0 ? Deed.KILL : Deed.STOP;
    long stoppedFor =
        deed == Deed.KILL ? 0 : random.nextBoolean() ? 20_000 : 2_000 + random.nextLong(10_000);
    var made = new ArrayList<Replicas>();
    var world =
        new SimWorld(
            FLEET,
            seed,
            (fleet, hands) -> {
              made.add(new Replicas(hands, seed * 17 + 3));
              return made.getFirst();
            });
    var replicas = made.getFirst();
    var faults = new Faults(world, seed * 31 + 7);
    if (seed / MOMENTS.size() % 2 == 1) {
      faults.path(0, PathKind.LOST, CALM_MS - 20_000, CALM_MS + AFTER_MS);
    }
    var lives = new Life[] {Life.EXITED, Life.EXITED, Life.EXITED, Life.HUNG, Life.STOPPED};
    long diesMs = CALM_MS + random.nextLong(1_000);
    faults.deaths(1, lives[random.nextInt(lives.length)], diesMs, diesMs + 1);
    var struckMs = new ArrayList<Long>();
    Runnable strike =
        () -> {
          struckMs.add(world.nowMs());
          replicas.strike(deed, stoppedFor);
        };
    switch (moment) {
      case BEFORE -> faults.at(diesMs - random.nextLong(4_000), strike);
      case TAKEOVER -> faults.at(diesMs - 4_500 - random.nextLong(3_500), strike);
      case VERDICT, KEPT, LOOKED, SENT -> replicas.at(moment, strike);
    }
    world.runTo(CALM_MS + AFTER_MS);
    world.truth().end();
    return result(seed, deed, moment, stoppedFor, struckMs.getFirst(), diesMs, world, replicas);
  }

  private static LeaderTrial result(
      long seed,
      Deed deed,
      Moment moment,
      long stoppedFor,
      long struckMs,
      long diesMs,
      SimWorld world,
      Replicas replicas) {
    var truth = world.truth();
    var next = replicas.led().stream().filter(led -> led.atMs() > struckMs).findFirst();
    var act = replicas.sent().stream().filter(sent -> sent.atMs() > struckMs).findFirst();
    var restart =
        truth.found().stream().mapToLong(found -> found.restartMs()).filter(ms -> ms >= 0);
    List<Long> restarts = restart.boxed().toList();
    boolean doneBefore = !restarts.isEmpty() && restarts.getFirst() <= struckMs;
    return new LeaderTrial(
        false,
        seed,
        deed,
        moment,
        stoppedFor,
        next.map(led -> led.atMs() - struckMs).orElse(null),
        act.filter(sent -> !doneBefore).map(sent -> sent.atMs() - struckMs).orElse(null),
        diesMs <= struckMs + LeaderTrial.WAITS_MS,
        restarts.isEmpty() ? null : restarts.getFirst() - diesMs,
        truth.doubleRestarts(),
        truth.missed().size() + (int) truth.found().stream().filter(f -> f.restartMs() < 0).count(),
        truth.falseRestarts());
  }
}
