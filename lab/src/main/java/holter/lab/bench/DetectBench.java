package holter.lab.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Compares detectors: every contestant in every scenario, with sticky and with rotating senders.
 * Parameters are chosen on other seeds than the ones that are judged.
 */
public final class DetectBench {
  /** Seeds that parameters are chosen on; judged ones begin at 1. */
  private static final long TUNE_FROM = 1_001;

  private static final int TUNE_SEEDS = 3;

  private final TrialFiles files;
  private final Consumer<String> progress;
  private final List<DetectScenario> scenarios;
  private final long endNanos;

  /**
   * What is to be compared.
   *
   * @param results where trials are kept, and read from when they were played before
   * @param seeds how many are judged
   * @param only scenarios by id; empty for all
   * @param budget trials that would begin later than this are left out, and said to be
   */
  public record Wish(Path results, int seeds, List<String> only, Duration budget) {
    /** Refuses a scenario that is not there. */
    public Wish {
      only = List.copyOf(only);
      only.forEach(DetectScenarios::named);
    }
  }

  private final Wish wish;

  /**
   * @param progress receives a line now and then
   */
  public DetectBench(Wish wish, Consumer<String> progress) {
    this.wish = wish;
    this.files = new TrialFiles(wish.results());
    this.progress = progress;
    this.scenarios =
        wish.only().isEmpty()
            ? DetectScenarios.ALL
            : wish.only().stream().map(DetectScenarios::named).toList();
    this.endNanos = System.nanoTime() + wish.budget().toNanos();
  }

  private record Cell(DetectScenario scenario, boolean rotating, Contestant contestant) {}

  /** Plays what is missing, and says what was found. */
  public DetectTable run() throws InterruptedException {
    var all = Contestant.all();
    play("choosing parameters", cells(all), TUNE_FROM, TUNE_SEEDS);
    var tuned = tuned(all);
    var judged = all.stream().filter(c -> c.stock() || tuned.containsValue(c)).toList();
    play("judging", cells(judged), 1, wish.seeds());
    var rows = new ArrayList<DetectTable.Row>();
    for (var c : judged) {
      rows.add(new DetectTable.Row(c, tuned.containsValue(c), trials(c, 1, wish.seeds())));
    }
    var curve = new LinkedHashMap<Contestant, List<Trial>>();
    all.forEach(c -> curve.put(c, trials(c, TUNE_FROM, TUNE_SEEDS)));
    return new DetectTable(scenarios, rows, curve, wish.seeds());
  }

  private List<Cell> cells(List<Contestant> contestants) {
    var cells = new ArrayList<Cell>();
    for (var scenario : scenarios) {
      for (var c : contestants) {
        cells.add(new Cell(scenario, true, c));
        cells.add(new Cell(scenario, false, c));
      }
    }
    return cells;
  }

  private void play(String what, List<Cell> cells, long firstSeed, int seeds)
      throws InterruptedException {
    var missing = new ArrayList<Callable<Void>>();
    var done = new AtomicInteger();
    for (var cell : cells) {
      LongStream.range(firstSeed, firstSeed + seeds)
          .filter(seed -> read(cell, seed).isEmpty())
          .forEach(
              seed ->
                  missing.add(
                      () -> {
                        play(cell, seed);
                        tell(what, done.incrementAndGet(), missing.size());
                        return null;
                      }));
    }
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (var outcome : threads.invokeAll(missing)) {
        outcome.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a trial failed", failed.getCause());
    }
  }

  private java.util.Optional<Trial> read(Cell cell, long seed) {
    return files.read(cell.scenario(), cell.rotating(), cell.contestant(), seed);
  }

  private void play(Cell cell, long seed) {
    if (System.nanoTime() - endNanos < 0) {
      var trial = Trial.of(cell.scenario(), cell.rotating(), cell.contestant(), seed);
      files.write(cell.scenario(), cell.rotating(), cell.contestant(), trial);
    }
  }

  private void tell(String what, int done, int all) {
    if (done % 250 == 0 || done == all) {
      progress.accept("%s: %d of %d trials".formatted(what, done, all));
    }
  }

  private List<Trial> trials(Contestant contestant, long firstSeed, int seeds) {
    var trials = new ArrayList<Trial>();
    for (var cell : cells(List.of(contestant))) {
      LongStream.range(firstSeed, firstSeed + seeds)
          .forEach(seed -> read(cell, seed).ifPresent(trials::add));
    }
    return trials;
  }

  /** Per family the parameter with the fewest mistakes of either kind, then the fastest. */
  private Map<String, Contestant> tuned(List<Contestant> all) {
    var best = new LinkedHashMap<String, Contestant>();
    all.stream()
        .sorted(
            Comparator.<Contestant>comparingLong(c -> mistakes(trials(c, TUNE_FROM, TUNE_SEEDS)))
                .thenComparingDouble(
                    c -> DetectTable.verdict(trials(c, TUNE_FROM, TUNE_SEEDS)).p99()))
        .forEach(c -> best.putIfAbsent(c.family(), c));
    return best;
  }

  private static long mistakes(List<Trial> trials) {
    return trials.stream().mapToLong(t -> t.wrong() + t.missed()).sum();
  }
}
