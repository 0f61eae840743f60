package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.cases.CaseReader;
import holter.lab.process.HolterHome;
import holter.lab.score.Scoring;
import holter.lab.score.Sheet;
import holter.lab.score.SheetText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lab score}. */
@Command(
    name = "score",
    description = {
      "Play cases of diagnosis, ask 'holter diagnose' about each, and mark the answers.",
      "A kept result is not played again; the same command goes on where it was stopped."
    },
    footer = {
      "",
      "Exit codes: 0 at least 95 % and nothing said that must not be, 1 less,",
      "3 nothing proved: a void case or a bad file."
    })
final class ScoreVerb extends LabVerb.Part {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "A directory of case files and bundles (default: the built-in ones).")
  private @Nullable Path directory;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these cases, as S02,S04.")
  private List<String> only = List.of();

  @Option(names = "--again", description = "Play also those whose result is kept.")
  private boolean again;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where results are kept (default: score in HOLTER_HOME).")
  private @Nullable Path results;

  @Override
  int act() {
    var found = only(found());
    Path kept = results == null ? HolterHome.path().resolve("score") : results;
    var terminal = root().terminal();
    Sheet sheet = new Scoring(kept, again, terminal::progress).of(found);
    terminal.print(asData(sheet), () -> SheetText.of(sheet));
    if (!sheet.passed()) {
      return Exit.FINDINGS;
    }
    return sheet.voids().isEmpty() && sheet.bad().isEmpty() ? Exit.OK : Exit.CANNOT_TELL;
  }

  private List<CaseReader.Found> found() {
    Path given = directory;
    if (given == null) {
      return CaseReader.builtIn();
    }
    if (!Files.isDirectory(given)) {
      throw Refusal.usage(
          "no directory " + given,
          "lab score takes a directory of cases, or nothing for the built-in ones",
          "holter lab score");
    }
    return CaseReader.in(given);
  }

  private List<CaseReader.Found> only(List<CaseReader.Found> found) {
    if (only.isEmpty()) {
      return found;
    }
    var left =
        found.stream().filter(one -> only.stream().anyMatch(name -> named(one, name))).toList();
    if (left.isEmpty()) {
      throw Refusal.usage(
          "no case " + String.join(", ", only),
          "there are " + found.stream().map(CaseReader.Found::file).toList(),
          "--only " + found.getFirst().file());
    }
    return left;
  }

  private static boolean named(CaseReader.Found one, String name) {
    Path file = Path.of(one.file());
    return one.file().equals(name) || String.valueOf(file.getFileName()).equals(name + ".yaml");
  }

  private static Map<String, Object> asData(Sheet sheet) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("apiVersion", "holter/v1");
    data.put("kind", "Score");
    data.put("passed", sheet.passed());
    data.put("plainShare", sheet.count(false) == 0 ? null : sheet.share(false));
    data.put("deepShare", sheet.count(true) == 0 ? null : sheet.share(true));
    data.put("zeroed", sheet.zeroed());
    data.put("voids", sheet.voids());
    data.put("bad", sheet.bad());
    data.put("confusion", sheet.confusion());
    data.put("results", sheet.results());
    return data;
  }
}
