package holter.cli;

import holter.diagnose.CauseCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holter explain F04}: an entry of the catalogue in words, without any network. */
@Command(
    name = "explain",
    description = "Explain a cause code: what it is, how it shows, what to do. Works offline.")
public final class Explain implements Callable<Integer> {
  private final Holter root;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CODE",
      description = "A cause code such as F04; without it, all codes are listed.")
  private @Nullable String code;

  Explain(Holter root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Terminal terminal = root.terminal();
    String asked = code;
    if (asked == null) {
      list(terminal);
      return Exit.OK;
    }
    CauseCode cause = causeOf(asked);
    Map<String, String> data = new LinkedHashMap<>();
    data.put("code", cause.name());
    data.put("title", cause.english());
    data.put("text", textOf(cause, terminal.language()));
    terminal.print(data, () -> textOf(cause, terminal.language()).strip());
    return Exit.OK;
  }

  private static void list(Terminal terminal) {
    Map<String, String> all = new LinkedHashMap<>();
    for (CauseCode cause : CauseCode.values()) {
      all.put(cause.name(), headline(textOf(cause, terminal.language())));
    }
    terminal.print(
        all,
        () ->
            String.join(
                "\n", all.entrySet().stream().map(e -> e.getKey() + "  " + e.getValue()).toList()));
  }

  private static String headline(String text) {
    String first = text.lines().findFirst().orElse("");
    return first.replaceFirst("^F\\d+\\s*[:：]?\\s*", "");
  }

  private static CauseCode causeOf(String asked) {
    String wanted = asked.toUpperCase(Locale.ROOT);
    List<String> known = Arrays.stream(CauseCode.values()).map(Enum::name).toList();
    if (known.contains(wanted)) return CauseCode.valueOf(wanted);
    throw Refusal.usage(
        "no cause code " + asked,
        "this version knows " + String.join(", ", known),
        "holter explain");
  }

  /** The catalogue's text; every code has one in each language, which a test holds true. */
  static String textOf(CauseCode cause, String language) {
    String name = "explain/" + cause.name() + "." + language + ".txt";
    try (InputStream text = Explain.class.getResourceAsStream(name)) {
      if (text == null) throw new IllegalStateException("no resource " + name);
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }
}
