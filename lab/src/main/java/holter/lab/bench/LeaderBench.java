package holter.lab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.process.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Strikes the leader of two replicas again and again, in virtual time and with real processes. A
 * trial that was played before is read from its file.
 */
public final class LeaderBench {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Worlds that break and are made anew, before it is given up. */
  private static final int WORLDS_MAX = 3;

  /**
   * What is wanted.
   *
   * @param results where trials are kept
   * @param simulated how many in virtual time
   * @param real how many with real processes
   * @param budget no real trial begins later than this
   */
  public record Wish(Path results, int simulated, int real, Duration budget) {}

  /** A world of real processes. */
  public interface Real extends AutoCloseable {
    LeaderTrial play(long seed) throws InterruptedException;

    @Override
    void close();
  }

  /** Makes a world of real processes. */
  public interface RealMaker {
    Real open() throws InterruptedException;
  }

  private final Wish wish;
  private final RealMaker maker;
  private final Consumer<String> progress;
  private final long endNanos;

  /**
   * @param maker is used when a real trial is missing
   * @param progress receives a line now and then
   */
  public LeaderBench(Wish wish, RealMaker maker, Consumer<String> progress) {
    this.wish = wish;
    this.maker = maker;
    this.progress = progress;
    this.endNanos = System.nanoTime() + wish.budget().toNanos();
  }

  /** Plays what is missing, and says what came of all. */
  public LeaderTable run() throws InterruptedException {
    for (long seed = 1; seed <= wish.simulated(); seed++) {
      if (read(false, seed).isEmpty()) {
        write(LeaderSim.play(seed));
      }
      if (seed % 60 == 0) {
        progress.accept("%d of %d simulated trials".formatted(seed, wish.simulated()));
      }
    }
    for (int worlds = 0; worlds < WORLDS_MAX && realMissing() && !late(); worlds++) {
      real();
    }
    return table();
  }

  private boolean late() {
    return System.nanoTime() - endNanos > 0;
  }

  private boolean realMissing() {
    for (long seed = 1; seed <= wish.real(); seed++) {
      if (read(true, seed).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void real() throws InterruptedException {
    try (var world = maker.open()) {
      for (long seed = 1; seed <= wish.real() && !late(); seed++) {
        if (read(true, seed).isEmpty()) {
          var trial = world.play(seed);
          write(trial);
          progress.accept(said(trial));
        }
      }
    } catch (LabException broken) {
      progress.accept("a world of trials broke: " + broken.getMessage());
    }
  }

  private String said(LeaderTrial trial) {
    return "real trial %d of %d, %s %s: next led after %s ms, acted after %s ms%s"
        .formatted(
            trial.seed(),
            wish.real(),
            trial.deed(),
            trial.moment().words(),
            trial.leadsAfterMs(),
            trial.actsAfterMs(),
            trial.broken().isEmpty() ? "" : "; " + trial.broken());
  }

  private LeaderTable table() {
    var trials = new ArrayList<LeaderTrial>();
    for (boolean real : List.of(true, false)) {
      for (long seed = 1; seed <= (real ? wish.real() : wish.simulated()); seed++) {
        read(real, seed).ifPresent(trials::add);
      }
    }
    return new LeaderTable(trials, wish.real() + wish.simulated());
  }

  private Path file(boolean real, long seed) {
    return wish.results()
        .resolve(real ? "real" : "simulated")
        .resolve("seed-%04d.json".formatted(seed));
  }

  private Optional<LeaderTrial> read(boolean real, long seed) {
    var file = file(real, seed);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(file.toFile(), LeaderTrial.class))
          : Optional.empty();
    } catch (JsonProcessingException torn) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + file, failed);
    }
  }

  private void write(LeaderTrial trial) {
    var file = file(trial.real(), trial.seed());
    try {
      Files.createDirectories(file.getParent());
      var part = file.resolveSibling(file.getFileName() + ".part");
      JSON.writeValue(part.toFile(), trial);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
