package holter.lab.agree;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.process.LabException;
import holter.lab.run.LabRun;
import holter.lab.run.RunOptions;
import holter.lab.run.RunResult;
import holter.lab.scenario.ScenarioReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Runs the live scenarios of detection, one result file each, plays each of them in virtual time
 * with many seeds, and compares. What has a result file is not run again, so it can be interrupted
 * and continued.
 */
public final class Agree {
  /** What the live scenarios of detection are called; the letter is the simulation's. */
  static final String PREFIX = "detect-";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path results;
  private final int seeds;
  private final Consumer<String> progress;

  /**
   * @param results where result files are kept
   * @param seeds simulated trials of each scenario
   * @param progress receives a line about each thing that takes time
   */
  public Agree(Path results, int seeds, Consumer<String> progress) {
    this.results = results;
    this.seeds = seeds;
    this.progress = progress;
  }

  /** The live scenarios by name: all, or those of these letters. */
  public static List<String> scenarios(List<String> letters) {
    var all = ScenarioReader.BUILT_IN.stream().filter(name -> name.startsWith(PREFIX)).toList();
    var wanted = letters.stream().map(letter -> PREFIX + letter.toLowerCase(Locale.ROOT)).toList();
    for (var name : wanted) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "no live scenario " + name + "; there are " + String.join(", ", all));
      }
    }
    return wanted.isEmpty() ? all : wanted;
  }

  /** Does the live runs that are missing, and keeps those that prove something. */
  public void run(List<String> names) throws InterruptedException {
    for (var name : names) {
      if (!Files.exists(file(name))) {
        progress.accept("live: " + name);
        runLive(name);
      }
    }
  }

  private void runLive(String name) throws InterruptedException {
    try {
      var result =
          new LabRun(ScenarioReader.find(name), RunOptions.asWritten(), progress)
              .run(LabRun.Audience.NOBODY);
      if (result.voidWhy() == null) {
        write(file(name), result);
      } else {
        progress.accept("no result for " + name + ", the run is void: " + result.voidWhy());
      }
    } catch (LabException failed) {
      progress.accept("no result for " + name + ": " + failed.getMessage());
    }
  }

  private static void write(Path file, RunResult result) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var part = file.resolveSibling(file.getFileName() + ".part");
      JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), result);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException("a result cannot be written to " + file, failed);
    }
  }

  private Path file(String name) {
    return results.resolve(name + ".json");
  }

  private Optional<RunResult> read(String name) {
    try {
      return Files.exists(file(name))
          ? Optional.of(JSON.readValue(file(name).toFile(), RunResult.class))
          : Optional.empty();
    } catch (JsonProcessingException torn) {
      throw new LabException(
          file(name) + " cannot be read; delete it, and it is run again; " + torn.getMessage());
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + file(name), failed);
    }
  }

  /** Compares what has been run. */
  public AgreementTable table(List<String> names) {
    var lines = new ArrayList<AgreementTable.Line>();
    for (var name : names) {
      var result = read(name);
      if (result.isEmpty()) {
        lines.add(new AgreementTable.Line(name, null, List.of()));
      } else {
        progress.accept("simulated: " + name);
        lines.add(new AgreementTable.Line(name, result.get(), compared(name, result.get())));
      }
    }
    return new AgreementTable(lines, seeds);
  }

  private List<Agreement> compared(String name, RunResult result) {
    var scenario = ScenarioReader.find(name);
    var agreements = new ArrayList<Agreement>();
    for (var group : scenario.fleet()) {
      var twin = new Twin(scenario, group);
      var played = LongStream.rangeClosed(1, seeds).mapToObj(twin::play).toList();
      var live = Live.account(result, scenario, group);
      agreements.addAll(Agreement.of(name, group.name(), live, played));
    }
    return agreements;
  }
}
