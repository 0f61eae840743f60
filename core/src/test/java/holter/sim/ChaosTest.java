package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.Verdict;
import holter.fleet.SenderKind;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of every kind drawn at random, over and under each other; the seed is in the name. */
class ChaosTest {
  private static final long SECOND = 1_000;
  private static final long FAULTS_UNTIL_MS = 300 * SECOND;

  static LongStream seeds() {
    return LongStream.rangeClosed(100, 109);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nobodyHealthyIsRestartedAndTheDeadComeBack(long seed) {
    var sim = new Sim(seed).agents(24, SECOND);
    sim.add(new SimWorker("savoir", SenderKind.FOREIGN_KEYED, 5 * SECOND, "iota-n2", 4));
    sim.add(new SimWorker("legacy", SenderKind.FOREIGN_KEYLESS, 5 * SECOND, "iota-n2", 1));
    sim.exitEvents = seed % 2 == 0;
    sim.lateNotLost = seed % 3 == 0;
    sim.loss = 0.002;
    sim.runTo(30 * SECOND);
    while (sim.nowMs < FAULTS_UNTIL_MS) {
      disturb(sim);
      sim.run(1_000 + sim.random.nextInt(12_000));
    }
    sim.heal();
    sim.run(200 * SECOND);
    for (var worker : sim.workers.values()) {
      var verdict = sim.verdict(worker.id.value());
      boolean rationed = worker.life == SimWorker.Life.STOPPED && onlyInferable(verdict);
      assertThat(verdict instanceof Verdict.Alive || rationed || crashLoop(verdict))
          .as("at the end %s is %s and held for %s", worker.id, worker.life, verdict)
          .isTrue();
    }
    assertThat(sim.view().incidents()).allMatch(i -> i.timeline().size() <= 500);
  }

  /** A stopped process is silent and deaf: its death is an inference, and those are rationed. */
  private static boolean onlyInferable(Verdict verdict) {
    return verdict instanceof Verdict.Held held
        && switch (held.reason()) {
          case BUDGET, BREAKER, COHORT -> true;
          case CHANNEL_PARTITION, CHANNEL_ALL, OBSERVER_GRACE -> false;
          case PROBE_PATH, HOST_PATH, NOT_LEADER -> false;
        };
  }

  private static boolean crashLoop(Verdict verdict) {
    return verdict instanceof Verdict.Quarantined || verdict instanceof Verdict.Backoff;
  }

  private static void disturb(Sim sim) {
    int partition = sim.random.nextInt(Sim.PARTITIONS);
    String host = SimCluster.HOSTS.getOrDefault(1001 + sim.random.nextInt(6), "");
    switch (sim.random.nextInt(10)) {
      case 0, 1 -> sim.paths[partition] = SimPath.HANG;
      case 2 -> sim.paths[partition] = SimPath.ISR;
      case 3 -> sim.paths[partition] = SimPath.REFUSED;
      case 4 -> sim.deafHosts.add(host);
      case 5 -> sim.pause(500 + sim.random.nextInt(20_000));
      case 6 -> sim.heal();
      case 7 -> {
        if (sim.nowMs >= sim.pausedUntilMs) {
          sim.restartOrchestrator();
        }
      }
      default -> {
        var lives = SimWorker.Life.values();
        var how = lives[1 + sim.random.nextInt(lives.length - 1)];
        String name = "dac-%02d".formatted(sim.random.nextInt(24));
        if (sim.worker(name).running()) {
          sim.kill(name, how);
        }
      }
    }
  }
}
