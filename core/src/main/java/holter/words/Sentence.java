package holter.words;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A phrase with its gaps filled: what CLI, API, log and record all print. Immutable. */
public record Sentence(Phrase phrase, List<String> args) {
  public Sentence {
    args = List.copyOf(args);
  }

  /** A sentence from a phrase and anything that prints well; collections as {@code 2, 3, 4}. */
  public static Sentence of(Phrase phrase, Object... args) {
    return new Sentence(phrase, Arrays.stream(args).map(Sentence::text).toList());
  }

  private static String text(Object arg) {
    return arg instanceof Collection<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(arg);
  }

  /** The sentence in English. */
  public String english() {
    return fill(phrase.english());
  }

  /** The sentence by another language's text for the same phrase. */
  public String fill(String text) {
    String said = text;
    for (int gap = 0; gap < args.size(); gap++) {
      said = said.replace("{" + gap + "}", args.get(gap));
    }
    return said;
  }

  @Override
  public String toString() {
    return english();
  }
}
