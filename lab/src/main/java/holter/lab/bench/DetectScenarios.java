package holter.lab.bench;

import holter.lab.bench.DetectScenario.Fleet;
import holter.lab.bench.DetectScenario.Proofs;
import holter.lab.bench.DetectScenario.Traits;
import holter.lab.sim.Faults;
import holter.lab.sim.Life;
import holter.lab.sim.PathKind;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The scenarios that detectors are compared on; five partitions, a beat each second. */
final class DetectScenarios {
  private static final long SECOND = 1_000;

  /** Faults begin here; until then everybody learns the fleet's rhythm. */
  static final long CALM_MS = 90 * SECOND;

  /** After the last fault: a detector of minutes must have its time. */
  private static final long AFTER_MS = 180 * SECOND;

  static final long WORK_MAY_STAND_MS = 10 * SECOND;

  private DetectScenarios() {}

  static final List<DetectScenario> ALL =
      List.of(
          of(
              "A",
              "calm, jitter, a lost beat in two thousand",
              300,
              f -> f.deaths(20, at(0), at(300))),
          of("B", "1 of 5 partitions lost", 300, lost(1)).sick(1),
          of("B2", "2 of 5 partitions lost", 300, lost(2)).sick(2),
          of("B3", "3 of 5 partitions lost", 300, lost(3)).sick(3),
          of(
                  "BN",
                  "1 of 5 lost for the workers only, who cannot be asked; our lane sees nothing",
                  300,
                  f -> f.path(0, PathKind.UNHEARD, at(0), at(300)).deaths(5, at(5), at(300)))
              .sick(1)
              .of(Fleet.FOREIGN),
          of(
                  "C",
                  "1 of 5 slow and half lost, with a burst at the end",
                  300,
                  f -> f.path(0, PathKind.SLOW, at(0), at(300)).deaths(20, at(5), at(300)))
              .sick(1),
          of(
              "D",
              "every partition lost for a minute",
              60,
              f -> f.paths(5, PathKind.LOST, at(0), at(60)).deaths(20, at(5), at(60))),
          of("E12", "the observer stands still for 12 s", 72, pause(12))
              .proved(Proofs.AFTER_BLINDNESS),
          of("E40", "the observer stands still for 40 s", 100, pause(40))
              .proved(Proofs.AFTER_BLINDNESS),
          of("F10", "a tenth of the fleet dies", 120, f -> f.massDeath(0.1, at(0))),
          of("F40", "two fifths of the fleet die", 120, f -> f.massDeath(0.4, at(0))),
          of("F100", "the whole fleet dies", 120, f -> f.massDeath(1, at(0))),
          of(
                  "G",
                  "every partition lost, and no probe passes",
                  60,
                  f ->
                      f.paths(5, PathKind.LOST, at(0), at(60))
                          .probesCut(at(0), at(60))
                          .deaths(10, at(5), at(60), at(60)))
              .proved(Proofs.AFTER_BLINDNESS),
          of(
                  "H",
                  "a send to the sick leader blocks its sender for 10 to 60 s",
                  300,
                  f -> f.path(0, PathKind.BLOCKS, at(0), at(300)))
              .of(Fleet.BLOCKED),
          of(
              "I",
              "beat loops hang, ports answer",
              300,
              f -> f.deaths(20, Life.HUNG, at(0), at(300))),
          of(
                  "I2",
                  "beats go on, work stands still; 10 s are allowed",
                  300,
                  f -> f.deaths(20, Life.IDLE, at(0), at(300)))
              .proved(Proofs.AFTER_ALLOWANCE),
          of("J", "one worker exits again each time", 240, f -> f.crashLoop(7, at(0), 8)),
          of(
              "K",
              "the observer's clock jumps by an hour, and back",
              160,
              f -> f.wallSteps(at(30), 3_600 * SECOND).wallSteps(at(150), -3_600 * SECOND)),
          of(
              "L",
              "a rolling deploy of all workers",
              210,
              f -> f.rollingDeploy(at(0), SECOND, 8 * SECOND)),
          of(
                  "M",
                  "1 of 5 lost, and the leading observer stalls for 20 s",
                  300,
                  lost(1).andThen(f -> f.leaderStalls(at(60), 20 * SECOND)))
              .sick(1)
              .replicas(2),
          of(
              "N",
              "the reader of one partition is 30 s behind",
              120,
              f -> f.readerLags(0, 30 * SECOND, at(0), at(120))),
          of(
                  "O",
                  "a follower holds records back on two healthy leaders for 30 s",
                  300,
                  f ->
                      f.path(0, PathKind.LOST, at(0), at(300))
                          .path(1, PathKind.UNSEEN, at(0), at(30))
                          .path(2, PathKind.UNSEEN, at(0), at(30))
                          .deaths(20, at(5), at(300)))
              .sick(3),
          of("P", "probes alone do not pass", 300, f -> f.probesCut(at(0), at(300))),
          of("Q", "one host's way to Kafka is cut", 300, f -> f.hostToKafkaCut(3, at(0), at(300))),
          of("V", "2 of 5 lost, and hosts vanish; their exporters are witnesses", 300, gone(true))
              .sick(2)
              .byWitness(),
          of("V0", "2 of 5 lost, and hosts vanish for a while without a witness", 300, gone(false))
              .sick(2));

  private static long at(long s) {
    return CALM_MS + s * SECOND;
  }

  /**
   * @param endS when its last fault ends, after the calm
   */
  private static DetectScenario of(String id, String title, long endS, Consumer<Faults> setup) {
    return new DetectScenario(id, title, at(endS) + AFTER_MS, Traits.NONE, setup);
  }

  private static Consumer<Faults> lost(int partitions) {
    return f -> f.paths(partitions, PathKind.LOST, at(0), at(300)).deaths(20, at(5), at(300));
  }

  private static Consumer<Faults> gone(boolean witnessed) {
    Consumer<Faults> gone =
        f -> f.paths(2, PathKind.LOST, at(0), at(300)).hostsGone(3, at(20), 60 * SECOND, at(300));
    return witnessed ? gone.andThen(Faults::witnessed) : gone;
  }

  /** Deaths just before it and while it lasts are seen from its end on. */
  private static Consumer<Faults> pause(long s) {
    return f -> f.pause(at(60), s * SECOND).deaths(10, at(59), at(60 + s), at(60 + s));
  }

  static DetectScenario named(String id) {
    return ALL.stream()
        .filter(scenario -> scenario.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no scenario "
                        + id
                        + "; there are "
                        + String.join(
                            " ",
                            Stream.of(ALL)
                                .flatMap(List::stream)
                                .map(DetectScenario::id)
                                .toList())));
  }
}
