package holter.lab.bench.engine;

import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A backlog of beats, taken as fast as it goes: two million, in steps of ten thousand, which is the
 * most that the orchestrator's loop takes at once. The beats are made before the clock runs, and
 * each iteration hears them with an engine of its own that knows the fleet and has heard it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Floods {
  static final int BEATS = 2_000_000;
  static final int STEP = 10_000;
  private static final long START_MS = 1_790_000_000_000L;
  private static final int ROUNDS_BEFORE = 4;

  /** How many instances. */
  @Param("200")
  public int fleet;

  /** One engine per iteration, warm-up included. */
  @Param("1")
  public int engines;

  private final List<List<Input>> steps = new ArrayList<>();
  private final Deque<FleetEngine> fresh = new ArrayDeque<>();
  private FleetEngine engine = new FleetEngine(EngineSettings.DEFAULTS);
  private Map<String, Long> lastSeen = new HashMap<>();

  /** Makes the fleet, its beats and the engines. */
  @Setup(Level.Trial)
  public void make() {
    var crowd = new Crowd(0, fleet, 10_000);
    for (int i = 0; i < engines; i++) {
      fresh.add(acquainted(crowd));
    }
    List<Input> step = new ArrayList<>(STEP);
    for (int made = 0; made < BEATS; made += fleet) {
      long seq = ROUNDS_BEFORE + (long) made / fleet;
      var results = Crowd.results(seq);
      for (int i = 0; i < fleet; i++) {
        step.add(crowd.beat(i, seq, results));
        if (step.size() == STEP) {
          steps.add(step);
          step = new ArrayList<>(STEP);
        }
      }
    }
  }

  private static FleetEngine acquainted(Crowd crowd) {
    var engine = new FleetEngine(EngineSettings.DEFAULTS);
    engine.step(Crowd.preface(START_MS - 1_000), START_MS - 1_000);
    for (int seq = 0; seq < ROUNDS_BEFORE; seq++) {
      var results = Crowd.results(seq);
      for (int from = 0; from < crowd.size(); from += STEP) {
        var inputs = new ArrayList<>(Crowd.lanes(START_MS - ROUNDS_BEFORE + seq));
        for (int i = from; i < Math.min(crowd.size(), from + STEP); i++) {
          inputs.add(crowd.beat(i, seq, results));
        }
        engine.step(inputs, START_MS - ROUNDS_BEFORE + seq);
      }
    }
    return engine;
  }

  /** The next engine. */
  @Setup(Level.Iteration)
  public void next() {
    engine = fresh.isEmpty() ? engine : fresh.remove();
    lastSeen = new HashMap<>();
  }

  /** The engine's whole way of a beat. */
  @Benchmark
  @OperationsPerInvocation(BEATS)
  public int engine() {
    int actions = 0;
    long nowMs = START_MS;
    for (var step : steps) {
      actions += engine.step(step, nowMs++).size();
    }
    return actions;
  }

  /** What a plain timeout needs: when each was seen last. */
  @Benchmark
  @OperationsPerInvocation(BEATS)
  public Map<String, Long> plainMap() {
    long nowMs = START_MS;
    for (var step : steps) {
      for (var input : step) {
        if (input instanceof Input.Heard(var beat)) {
          lastSeen.put(beat.from().id().value(), nowMs + beat.seq());
        }
      }
      nowMs++;
    }
    return lastSeen;
  }
}
