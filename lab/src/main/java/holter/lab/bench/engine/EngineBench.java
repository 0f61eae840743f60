package holter.lab.bench.engine;

import holter.lab.process.LabException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the engine alone: JMH in JVMs of its own for time and allocation, this one for heap. */
public final class EngineBench {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final String[] JVM = {
    "-Xms3g", "-Xmx3g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"
  };

  /** A size of fleet, and how often JMH goes over it. */
  private record Plan(int fleet, long intervalMs, int warmUps, int iterations) {
    int engines() {
      return warmUps + iterations;
    }
  }

  private static final List<Plan> PLANS =
      List.of(
          new Plan(200, 1_000, 5, 5),
          new Plan(10_000, 1_000, 5, 5),
          new Plan(1_000_000, 10_000, 1, 2));

  private final Consumer<String> progress;

  public EngineBench(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Runs everything: two to three minutes, and up to 3 GB of memory. */
  public EngineFigures run() {
    var fleets = new ArrayList<EngineFigures.Fleet>();
    for (var plan : PLANS) {
      progress.accept("a fleet of %,d".formatted(plan.fleet()));
      var flood = measure("Floods.engine", plan, plan.engines());
      var map = measure("Floods.plainMap", plan, 0);
      var turn = measure("Turns.turn", plan, plan.engines());
      var picture = measure("Turns.picture", plan, 1);
      fleets.add(
          new EngineFigures.Fleet(
              plan.fleet(),
              plan.intervalMs(),
              perSecond(flood),
              bytesPerBeat(flood),
              perSecond(map),
              best(turn) / 1_000,
              best(picture) / 1_000));
    }
    progress.accept("the heap of %,d instances".formatted(Footprint.INSTANCES));
    return new EngineFigures(fleets, Footprint.bytesPerInstance());
  }

  private static double perSecond(RunResult result) {
    return TimeUnit.SECONDS.toNanos(1) / best(result);
  }

  /** The shortest of the iterations: other processes only ever make one longer. */
  private static double best(RunResult result) {
    return result.getPrimaryResult().getStatistics().getMin();
  }

  private static double bytesPerBeat(RunResult result) {
    var allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      throw new LabException("this JVM does not tell what a thread allocates");
    }
    return allocated.getScore();
  }

  /** One benchmark, in a JVM that runs nothing else. */
  private static RunResult measure(String name, Plan plan, int engines) {
    var options =
        new OptionsBuilder()
            .include("\\." + name.replace(".", "\\.") + "$")
            .param("fleet", String.valueOf(plan.fleet()))
            .param("engines", String.valueOf(engines))
            .forks(1)
            .jvmArgs(JVM)
            .warmupIterations(plan.warmUps())
            .measurementIterations(plan.iterations())
            .timeout(TimeValue.minutes(2))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (name.startsWith("Turns")) {
      options.param("intervalMs", String.valueOf(plan.intervalMs()));
    }
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      return results.iterator().next();
    } catch (RunnerException failed) {
      throw new LabException(name + " could not be measured: " + failed.getMessage());
    }
  }
}
