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
  /** Seeds that parameters are chosen on. */
  private static final Seeds TUNE = new Seeds(1_001, 2);

  private final TrialFiles files;
  private final Consumer<String> progress;
  private final List<DetectScenario> scenarios;
  private final long endNanos;

  /**
   * What is to be compared.
   *
   * @param results where trials are kept, and read from when they were played before
   * @param seeds which ones are judged
   * @param only scenarios by id; empty for all
   * @param detectors families by how their names begin, as "pekko"; empty for all
   * @param budget trials that would begin later than this are left out, and said to be
   */
  public record Wish(
      Path results, Seeds seeds, List<String> only, List<String> detectors, Duration budget) {
    /** Refuses a scenario or a detector that is not there. */
    public Wish {
      only = List.copyOf(only);
      only.forEach(DetectScenarios::named);
      detectors = List.copyOf(detectors);
      detectors.forEach(Contestant::named);
    }

    private List<Contestant> contestants() {
      return Contestant.all().stream()
          .filter(c -> detectors.isEmpty() || detectors.stream().anyMatch(c::isCalled))
          .toList();
    }
  }

  /**
   * Seeds in a row.
   *
   * @param first the lowest; the ones that parameters are chosen on begin at 1001
   * @param count how many, at least 1
   */
  public record Seeds(long first, int count) {
    LongStream all() {
      return LongStream.range(first, first + count);
    }
  }

  private final Wish wish;

  /**
   * @param progress receives a line now and then
   */
  public DetectBench(Wish wish, Consumer<String> progress) {
    this.wish = wish;
    this.files = new TrialFiles(wish.results(), CodeStamp.ofRunning());
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
    var all = wish.contestants();
    play("choosing parameters", cells(all.stream().filter(c -> chosen(c, all)).toList()), TUNE);
    var tuned = tuned(all);
    var judged = all.stream().filter(c -> c.stock() || tuned.containsValue(c)).toList();
    play("judging", cells(judged), wish.seeds());
    var rows = new ArrayList<DetectTable.Row>();
    for (var c : judged) {
      rows.add(new DetectTable.Row(c, tuned.containsValue(c), trials(c, wish.seeds())));
    }
    var curve = new LinkedHashMap<Contestant, List<Trial>>();
    all.forEach(c -> curve.put(c, trials(c, chosen(c, all) ? TUNE : wish.seeds())));
    return new DetectTable(scenarios, rows, curve, wish.seeds().count());
  }

  /** Whether there is anything to choose in its family. */
  private static boolean chosen(Contestant one, List<Contestant> all) {
    return all.stream().filter(c -> c.family().equals(one.family())).count() > 1;
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

  private void play(String what, List<Cell> cells, Seeds seeds) throws InterruptedException {
    var missing = new ArrayList<Callable<Void>>();
    var done = new AtomicInteger();
    for (var cell : cells) {
      seeds
          .all()
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
    int discarded = files.discarded();
    if (discarded > 0) {
      progress.accept(
          "%d kept trials were played by other code: discarded, played anew".formatted(discarded));
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

  private List<Trial> trials(Contestant contestant, Seeds seeds) {
    var trials = new ArrayList<Trial>();
    for (var cell : cells(List.of(contestant))) {
      seeds.all().forEach(seed -> read(cell, seed).ifPresent(trials::add));
    }
    return trials;
  }

  /** Per family the parameter with the fewest mistakes of either kind, then the fastest. */
  private Map<String, Contestant> tuned(List<Contestant> all) {
    var best = new LinkedHashMap<String, Contestant>();
    all.stream()
        .sorted(
            Comparator.<Contestant>comparingLong(c -> mistakes(trials(c, TUNE)))
                .thenComparingDouble(c -> DetectTable.verdict(trials(c, TUNE)).p99()))
        .forEach(c -> best.putIfAbsent(c.family(), c));
    return best;
  }

  private static long mistakes(List<Trial> trials) {
    return trials.stream().mapToLong(t -> t.wrong() + t.missed()).sum();
  }
}
