package holter.lab.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.cases.Case;
import holter.lab.cases.CaseReader;
import holter.lab.cases.Expected;
import holter.lab.process.LabException;
import holter.lab.scenario.BadScenario;
import holter.lab.stage.CasePlay;
import holter.lab.stage.CaseWorld;
import holter.lab.stage.HolterCommand;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays cases one after the other and marks the answers. Each result is kept in a file of its own;
 * a case whose text and whose Holter have not changed since is not played again.
 */
public final class Scoring {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path kept;
  private final boolean again;
  private final Consumer<String> progress;

  /**
   * @param kept where results are kept, one file per case
   * @param again whether kept results are played again
   * @param progress receives a line about each thing that takes time
   */
  public Scoring(Path kept, boolean again, Consumer<String> progress) {
    this.kept = kept;
    this.again = again;
    this.progress = progress;
  }

  /** Plays all; a file that is no case is one line of the sheet, and the others are played. */
  public Sheet of(List<CaseReader.Found> found) {
    var results = new ArrayList<CaseResult>();
    var bad = new ArrayList<String>();
    for (var one : found) {
      try {
        results.add(of(one));
      } catch (BadScenario noCase) {
        progress.accept(String.valueOf(noCase.getMessage()));
        bad.add(String.valueOf(noCase.getMessage()));
      }
    }
    return new Sheet(results, bad);
  }

  private CaseResult of(CaseReader.Found found) {
    var given = found.read();
    var stamp = stamp(found.text());
    var file = kept.resolve(given.name() + ".json");
    var before = again ? null : kept(file, stamp);
    if (before != null) {
      progress.accept(given.name() + ": kept result");
      return before;
    }
    progress.accept(given.name() + ": " + given.title());
    var result = play(found, given, stamp);
    keep(file, result);
    return result;
  }

  private CaseResult play(CaseReader.Found found, Case given, String stamp) {
    var skipped = CaseWorld.skipped(given);
    if (!skipped.isEmpty()) {
      return result(given, stamp, skipped, null, null);
    }
    CasePlay.Played played;
    try {
      var play = new CasePlay(given, line -> progress.accept(given.name() + ": " + line));
      var bundle = given.bundle();
      played = bundle == null ? play.live() : play.recorded(found.base().resolve(bundle));
    } catch (LabException failed) {
      return result(given, stamp, null, "the lab could not go on; " + failed.getMessage(), null);
    }
    if (!played.missed().isEmpty()) {
      var why = "not seen by the lab: " + String.join("; ", played.missed());
      return result(given, stamp, null, why, played);
    }
    return result(given, stamp, null, null, played);
  }

  private CaseResult result(
      Case given,
      String stamp,
      @Nullable String skipped,
      @Nullable String voidWhy,
      CasePlay.@Nullable Played played) {
    var answers = new ArrayList<CaseResult.Marked>();
    if (played != null) {
      for (var answer : played.answers()) {
        report(given, answer);
        answers.add(marked(given.expect(), answer));
      }
    }
    return new CaseResult(
        given.name(),
        given.title(),
        stamp,
        given.expect().causes().stream().map(Expected.Named::code).toList(),
        skipped,
        voidWhy,
        played == null ? List.of() : played.confirmed().stream().map(Object::toString).toList(),
        played == null ? Map.of() : played.counts(),
        answers);
  }

  static CaseResult.Marked marked(Expected expected, HolterCommand.Answer answer) {
    boolean told = !answer.report().isMissingNode();
    var said = Said.of(answer.report());
    return new CaseResult.Marked(
        answer.deep(),
        answer.exit(),
        answer.wholeMs(),
        answer.computeMs(),
        answer.withheld(),
        said.causes().stream()
            .map(c -> new CaseResult.Named(c.code(), c.confidence(), c.probability()))
            .toList(),
        told ? Marks.of(expected, said) : Marks.none("no diagnosis; it said: " + answer.said()));
  }

  /** The whole answer beside its marks, for whoever wants to know why. */
  private void report(Case given, HolterCommand.Answer answer) {
    var name = given.name() + (answer.deep() ? ".deep" : "") + ".report";
    try {
      Files.createDirectories(kept);
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(kept.resolve(name).toFile(), answer.report());
    } catch (IOException failed) {
      throw new UncheckedIOException("a report cannot be kept", failed);
    }
  }

  private @Nullable CaseResult kept(Path file, String stamp) {
    try {
      if (!Files.exists(file)) {
        return null;
      }
      var result = JSON.readValue(file.toFile(), CaseResult.class);
      return result.stamp().equals(stamp) && result.voidWhy() == null ? result : null;
    } catch (IOException ofAnotherTime) {
      return null;
    }
  }

  private void keep(Path file, CaseResult result) {
    try {
      Files.createDirectories(kept);
      JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), result);
    } catch (IOException failed) {
      throw new UncheckedIOException("a result cannot be kept", failed);
    }
  }

  private static String stamp(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      for (var entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
        if (entry.contains("holter")) {
          var jar = Path.of(entry);
          digest.update(
              (jar + " " + Files.getLastModifiedTime(jar)).getBytes(StandardCharsets.UTF_8));
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException | IOException unreadable) {
      throw new IllegalStateException("the class path cannot be looked at", unreadable);
    }
  }
}
