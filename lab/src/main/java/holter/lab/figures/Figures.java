package holter.lab.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.process.LabException;
import holter.lab.run.LabRun;
import holter.lab.run.RunOptions;
import holter.lab.scenario.ScenarioReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Does the runs that the table of figures needs, one result file each, and writes the table.
 * Whatever has a result file is not run again, so it can be interrupted and continued.
 */
public final class Figures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path results;
  private final Consumer<String> progress;

  /**
   * @param results where result files are kept
   * @param progress receives a line about each run
   */
  public Figures(Path results, Consumer<String> progress) {
    this.results = results;
    this.progress = progress;
  }

  /**
   * Does the runs that are missing.
   *
   * @param runs how many of each drawn kind
   * @param only a group's name, or empty for all
   */
  public void run(int runs, String only) throws InterruptedException {
    for (var job : Job.all(runs)) {
      var file = results.resolve(job.file());
      if ((only.isEmpty() || only.equals(job.group())) && !Files.exists(file)) {
        progress.accept("run for the table: " + job.file());
        run(job, file);
      }
    }
  }

  private void run(Job job, Path file) throws InterruptedException {
    var options =
        new RunOptions(
            job.kafka(),
            job.seed() == null ? OptionalLong.empty() : OptionalLong.of(job.seed()),
            job.faultFor(),
            null,
            null,
            "en");
    try {
      var result =
          new LabRun(ScenarioReader.find(job.scenario()), options, progress)
              .run(LabRun.Audience.NOBODY);
      Files.createDirectories(file.getParent());
      var part = file.resolveSibling(file.getFileName() + ".part");
      JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), result);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (LabException failed) {
      progress.accept("no result for " + job.file() + ": " + failed.getMessage());
    } catch (IOException failed) {
      throw new UncheckedIOException("a result cannot be written to " + file, failed);
    }
  }

  /** The table of all result files, as Markdown. */
  public String table() {
    return new FigureTable(read()).markdown();
  }

  private Map<String, List<JsonNode>> read() {
    var groups = new LinkedHashMap<String, List<JsonNode>>();
    if (!Files.isDirectory(results)) {
      return groups;
    }
    try (var files = Files.walk(results)) {
      for (var file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        var group = results.relativize(file).getName(0).toString();
        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(JSON.readTree(file.toFile()));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("result files cannot be read from " + results, failed);
    }
    return groups;
  }
}
