package holter.lab.bench.engine;

import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import java.util.ArrayList;

/** The heap that an engine holds per healthy instance. */
final class Footprint {
  static final int INSTANCES = 1_000_000;
  private static final int CHUNK = 10_000;
  private static final int ROUNDS = 4;
  private static final int INTERVAL_MS = 60_000;
  private static final long START_MS = 1_790_000_000_000L;

  private Footprint() {}

  /**
   * Lets an engine hear a million instances, four beats each; what the beats were made of is
   * garbage afterwards, and only what the engine keeps of them is counted.
   *
   * @return bytes per instance, everything that the engine holds included
   */
  static double bytesPerInstance() {
    long before = usedBytes();
    var engine = new FleetEngine(EngineSettings.DEFAULTS);
    engine.step(Crowd.preface(START_MS), START_MS);
    int turns = INSTANCES / CHUNK;
    long nowMs = START_MS;
    for (int seq = 0; seq < ROUNDS; seq++) {
      var results = Crowd.results(seq);
      for (int turn = 0; turn < turns; turn++) {
        nowMs += INTERVAL_MS / turns;
        var inputs = new ArrayList<Input>(Crowd.lanes(nowMs));
        var crowd = new Crowd(turn * CHUNK, CHUNK, INTERVAL_MS);
        for (int i = 0; i < CHUNK; i++) {
          inputs.add(crowd.beat(i, seq, results));
        }
        engine.step(inputs, nowMs);
      }
    }
    long used = usedBytes() - before;
    long heard = engine.view().instances().stream().filter(i -> i.lastHeardMs() > 0).count();
    if (heard != INSTANCES) {
      throw new IllegalStateException(heard + " of " + INSTANCES + " were heard");
    }
    return (double) used / INSTANCES;
  }

  private static long usedBytes() {
    var runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
