package holter.lab.bench.engine;

import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import holter.engine.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
 * A healthy fleet at its own pace, turn by turn: a tenth of a second of beats, lanes and judging
 * per turn, all in. And a picture of that fleet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Turns {
  static final int TURNS = 200;
  private static final int TURN_MS = 100;
  private static final long START_MS = 1_790_000_000_000L;

  /** How many instances. */
  @Param("200")
  public int fleet;

  /** What each declares, in milliseconds. */
  @Param("1000")
  public long intervalMs;

  /** One engine per iteration, warm-up included. */
  @Param("1")
  public int engines;

  private final List<List<Input>> turns = new ArrayList<>();
  private final Deque<FleetEngine> fresh = new ArrayDeque<>();
  private FleetEngine engine = new FleetEngine(EngineSettings.DEFAULTS);
  private int before;

  /** Makes the fleet, its beats and the engines, which have heard three rounds. */
  @Setup(Level.Trial)
  public void make() {
    var crowd = new Crowd(0, fleet, intervalMs);
    int perRound = (int) (intervalMs / TURN_MS);
    before = 3 * perRound;
    for (int i = 0; i < engines; i++) {
      var one = new FleetEngine(EngineSettings.DEFAULTS);
      one.step(Crowd.preface(START_MS), START_MS);
      for (int turn = 0; turn < before; turn++) {
        one.step(inputs(crowd, turn, perRound), at(turn));
      }
      fresh.add(one);
    }
    for (int turn = before; turn < before + TURNS; turn++) {
      turns.add(inputs(crowd, turn, perRound));
    }
  }

  private static long at(int turn) {
    return START_MS + (long) (turn + 1) * TURN_MS;
  }

  private static List<Input> inputs(Crowd crowd, int turn, int perRound) {
    var inputs = new ArrayList<Input>();
    long seq = turn / perRound;
    var results = Crowd.results(seq);
    int part = turn % perRound;
    int from = (int) ((long) crowd.size() * part / perRound);
    int to = (int) ((long) crowd.size() * (part + 1) / perRound);
    for (int i = from; i < to; i++) {
      inputs.add(crowd.beat(i, seq, results));
    }
    if (turn % 10 == 0) {
      inputs.addAll(Crowd.lanes(at(turn)));
    }
    return inputs;
  }

  /** The next engine. */
  @Setup(Level.Iteration)
  public void next() {
    engine = fresh.isEmpty() ? engine : fresh.remove();
  }

  /** Twenty seconds of the fleet, in turns. */
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public int turn() {
    int actions = 0;
    int number = before;
    for (var inputs : turns) {
      actions += engine.step(inputs, at(number++)).size();
    }
    return actions;
  }

  /** What API and metrics read. */
  @Benchmark
  public View picture() {
    engine.step(List.of(), at(before - 1));
    return engine.view();
  }
}
