package holter.lab.bench;

import holter.lab.sim.Faults;
import holter.lab.sim.Life;
import holter.lab.sim.PathKind;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The scenarios that detectors are compared on; five partitions, a beat each second. */
final class DetectScenarios {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  /** Faults begin here; until then everybody learns the fleet's rhythm. */
  static final long CALM_MS = 2 * MINUTE;

  private static final long END_MS = CALM_MS + 5 * MINUTE;
  private static final long LENGTH_MS = END_MS + 3 * MINUTE;

  static final long WORK_MAY_STAND_MS = 10 * SECOND;

  private static final Set<String> PARTITION = Set.of("CHANNEL_PARTITION", "CHANNEL_ALL", "BUDGET");
  private static final Set<String> BUDGETS = Set.of("BUDGET", "BREAKER", "COHORT");

  private DetectScenarios() {}

  static final List<DetectScenario> ALL =
      List.of(
          plain(
              "A", "calm, jitter, a lost beat in two thousand", f -> f.deaths(20, at(0), at(300))),
          channel("B", "1 of 5 partitions lost", lost(1)),
          channel("B2", "2 of 5 partitions lost", lost(2)),
          channel("B3", "3 of 5 partitions lost", lost(3)),
          channel("C", "1 of 5 slow and half lost, with a burst at the end", DetectScenarios::slow),
          channel(
              "D",
              "every partition lost for a minute",
              f -> f.paths(5, PathKind.LOST, at(0), at(60)).deaths(20, at(5), at(60))),
          new DetectScenario(
              "E12",
              "the observer stands still for 12 s",
              LENGTH_MS,
              false,
              1,
              false,
              Set.of("OBSERVER_GRACE", "BUDGET"),
              pause(12)),
          new DetectScenario(
              "E40",
              "the observer stands still for 40 s",
              LENGTH_MS,
              false,
              1,
              false,
              Set.of("OBSERVER_GRACE", "BUDGET"),
              pause(40)),
          plain("F10", "a tenth of the fleet dies", f -> f.massDeath(0.1, at(0))),
          plain("F40", "two fifths of the fleet die", f -> f.massDeath(0.4, at(0))),
          plain("F100", "the whole fleet dies", f -> f.massDeath(1, at(0))),
          new DetectScenario(
              "G",
              "every partition lost, and no probe passes",
              LENGTH_MS,
              false,
              1,
              false,
              Set.of("CHANNEL_ALL", "CHANNEL_PARTITION", "PROBE_PATH", "HOST_PATH", "BUDGET"),
              f ->
                  f.paths(5, PathKind.LOST, at(0), at(60))
                      .probesCut(at(0), at(60))
                      .deaths(10, at(5), at(60), at(60))),
          new DetectScenario(
              "H",
              "a send to the sick leader blocks its sender for 10 to 60 s",
              LENGTH_MS,
              true,
              1,
              false,
              Set.of("CHANNEL_PARTITION", "CHANNEL_ALL", "COHORT", "BUDGET", "BREAKER"),
              f -> f.path(0, PathKind.BLOCKS, at(0), at(300))),
          plain("I", "beat loops hang, ports answer", f -> f.deaths(20, Life.HUNG, at(0), at(300))),
          idle(),
          plain("J", "one worker exits again each time", f -> f.crashLoop(7, at(0), 8)),
          plain(
              "K",
              "the observer's clock jumps by an hour, and back",
              f -> f.wallSteps(at(30), 3_600 * SECOND).wallSteps(at(150), -3_600 * SECOND)),
          plain(
              "L",
              "a rolling deploy of all workers",
              f -> f.rollingDeploy(at(0), SECOND, 8 * SECOND)),
          new DetectScenario(
              "M",
              "1 of 5 lost, and the leading observer stalls for 20 s",
              LENGTH_MS,
              false,
              2,
              true,
              PARTITION,
              f -> lost(1).andThen(faults -> faults.leaderStalls(at(60), 20 * SECOND)).accept(f)),
          plain(
              "N",
              "the reader of one partition is 30 s behind",
              f -> f.readerLags(0, 30 * SECOND, at(0), at(120))),
          channel(
              "O",
              "a follower holds records back on two healthy leaders for 30 s",
              f ->
                  f.path(0, PathKind.LOST, at(0), at(300))
                      .path(1, PathKind.UNSEEN, at(0), at(30))
                      .path(2, PathKind.UNSEEN, at(0), at(30))
                      .deaths(20, at(5), at(300))),
          plain("P", "probes alone do not pass", f -> f.probesCut(at(0), at(300))),
          new DetectScenario(
              "Q",
              "one host's way to Kafka is cut",
              LENGTH_MS,
              false,
              1,
              true,
              Set.of("HOST_PATH", "COHORT"),
              f -> f.hostToKafkaCut(3, at(0), at(300))));

  private static long at(long s) {
    return CALM_MS + s * SECOND;
  }

  private static DetectScenario plain(String id, String title, Consumer<Faults> setup) {
    return new DetectScenario(id, title, LENGTH_MS, false, 1, true, BUDGETS, setup);
  }

  private static DetectScenario channel(String id, String title, Consumer<Faults> setup) {
    return new DetectScenario(id, title, LENGTH_MS, false, 1, true, PARTITION, setup);
  }

  /** Holter is told that work may stand for {@link #WORK_MAY_STAND_MS}; nobody else can be. */
  private static DetectScenario idle() {
    return new DetectScenario(
        "I2",
        "beats go on, work stands still; 10 s are allowed",
        LENGTH_MS,
        false,
        1,
        false,
        BUDGETS,
        f -> f.deaths(20, Life.IDLE, at(0), at(300)));
  }

  private static Consumer<Faults> lost(int partitions) {
    return f -> f.paths(partitions, PathKind.LOST, at(0), at(300)).deaths(20, at(5), at(300));
  }

  private static void slow(Faults f) {
    f.path(0, PathKind.SLOW, at(0), at(300)).deaths(20, at(5), at(300));
  }

  /** Deaths just before it and while it lasts are seen from its end on. */
  private static Consumer<Faults> pause(long s) {
    return f -> f.pause(at(60), s * SECOND).deaths(5, at(59), at(60 + s), at(60 + s));
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
