package holter.words;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A phrase with its gaps filled: what CLI, API, log and record all print. A gap may hold another
 * sentence, which is then said in the same language. Immutable.
 */
public record Sentence(Phrase phrase, List<Arg> args) implements Arg {
  private static final Pattern GAP = Pattern.compile("\\{(\\d{1,2})}");

  public Sentence {
    args = List.copyOf(args);
  }

  /**
   * A sentence from a phrase and its arguments: phrases and sentences are said in the reader's
   * language, anything else as it prints, collections as {@code 2, 3, 4}.
   */
  public static Sentence of(Phrase phrase, Object... args) {
    return new Sentence(phrase, Arrays.stream(args).map(Sentence::arg).toList());
  }

  /** Somebody else's words, or a name, as they stand. */
  public static Sentence quote(String text) {
    return of(Plainly.QUOTE, text);
  }

  private static Arg arg(Object arg) {
    return switch (arg) {
      case Arg ready -> ready;
      case Phrase phrase -> of(phrase);
      case Collection<?> many when many.stream().anyMatch(Sentence::speaks) ->
          many.stream().map(Sentence::arg).reduce((one, two) -> of(Plainly.AND, one, two)).get();
      case Collection<?> many ->
          new Plain(many.stream().map(String::valueOf).collect(Collectors.joining(", ")));
      default -> new Plain(String.valueOf(arg));
    };
  }

  private static boolean speaks(Object arg) {
    return arg instanceof Phrase || arg instanceof Arg;
  }

  /** The sentence in English. */
  public String english() {
    return said(Phrase::english);
  }

  /** The sentence in the language that has these texts. */
  public String said(Function<Phrase, String> texts) {
    return GAP.matcher(texts.apply(phrase))
        .replaceAll(gap -> Matcher.quoteReplacement(filled(gap, texts)));
  }

  /** One argument in the language that has these texts. */
  public static String said(Arg arg, Function<Phrase, String> texts) {
    return switch (arg) {
      case Plain plain -> plain.text();
      case Sentence sentence -> sentence.said(texts);
    };
  }

  private String filled(MatchResult gap, Function<Phrase, String> texts) {
    int number = Integer.parseInt(gap.group(1));
    return number < args.size() ? said(args.get(number), texts) : gap.group();
  }

  @Override
  public String toString() {
    return english();
  }
}
