package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.cases.CaseReader;
import holter.lab.process.HolterHome;
import holter.lab.score.ScorePage;
import holter.lab.score.Scoring;
import holter.lab.score.Sheet;
import holter.lab.score.SheetText;
import holter.lab.score.Shuffle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
      "Exit codes: 0 at least 95 %% and nothing said that must not be, 1 less,",
      "3 nothing proved: a void case or a bad file. With --shuffle: 0 when broker and",
      "host are named right in 99 %% and nothing false is told as confirmed."
    })
final class ScoreVerb extends LabVerb.Part {
  private static final int SHUFFLES_MAX = 100;

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

  @Option(
      names = "--more",
      description = "The built-in cases of further causes, in place of S01-S20.")
  private boolean more;

  @Option(
      names = "--long",
      description = "The built-in cases that take an hour each, in place of S01-S20.")
  private boolean lasting;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "Save the evidence of each live case there, as a case that needs no brokers.")
  private @Nullable Path record;

  @Option(
      names = "--shuffle",
      paramLabel = "N",
      description = "Play each case N times with other ids, names, partitions and leaders.")
  private int shuffle;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Write the sheet into diagnosis.md of this directory.")
  private @Nullable Path to;

  @Override
  int act() {
    if (shuffle < 0 || shuffle > SHUFFLES_MAX) {
      throw Refusal.usage(
          "--shuffle " + shuffle, "1 to %d times each case".formatted(SHUFFLES_MAX), "--shuffle 4");
    }
    var found = only(found());
    if (shuffle > 0) {
      found = new Shuffle(HolterHome.path().resolve("shuffled")).of(found, shuffle);
    }
    Path kept = results == null ? HolterHome.path().resolve("score") : results;
    var terminal = root().terminal();
    Sheet sheet = new Scoring(kept, again, record, terminal::progress).of(found);
    terminal.print(asData(sheet), () -> SheetText.of(sheet));
    write(sheet);
    if (shuffle > 0 ? !sheet.aimsWell() : !sheet.passed()) {
      return Exit.FINDINGS;
    }
    return sheet.voids().isEmpty() && sheet.bad().isEmpty() ? Exit.OK : Exit.CANNOT_TELL;
  }

  private void write(Sheet sheet) {
    Path into = to;
    if (into == null) {
      return;
    }
    Path page = into.resolve("diagnosis.md");
    try {
      Files.createDirectories(into);
      String before = Files.exists(page) ? Files.readString(page) : "";
      Files.writeString(page, ScorePage.in(before, sheet));
    } catch (IOException failed) {
      throw Refusal.usage(
          "cannot write " + page, failed.toString(), "--to with a place that you may write to");
    }
  }

  private List<CaseReader.Found> found() {
    Path given = directory;
    if (Stream.of(given != null, more, lasting).filter(asked -> asked).count() > 1) {
      throw Refusal.usage(
          "a directory, --more and --long", "it is one of them", "holter lab score --more");
    }
    if (given == null) {
      return more ? CaseReader.more() : lasting ? CaseReader.lasting() : CaseReader.builtIn();
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
    Path folder = file.getParent(); // which a recorded case is called by
    if (folder != null && folder.endsWith(name)) {
      return true;
    }
    return one.file().equals(name) || String.valueOf(file.getFileName()).equals(name + ".yaml");
  }

  private static Map<String, Object> asData(Sheet sheet) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("apiVersion", "holter/v1");
    data.put("kind", "Score");
    data.put("passed", sheet.passed());
    data.put("plainShare", sheet.count(false) == 0 ? null : sheet.share(false));
    data.put("deepShare", sheet.count(true) == 0 ? null : sheet.share(true));
    data.put("aimed", sheet.aimed());
    data.put("namedRight", sheet.aimed() == 0 ? null : sheet.namedRight());
    data.put("falselySure", sheet.falselySure());
    data.put("zeroed", sheet.zeroed());
    data.put("voids", sheet.voids());
    data.put("bad", sheet.bad());
    data.put("confusion", sheet.confusion());
    data.put("results", sheet.results());
    return data;
  }
}
