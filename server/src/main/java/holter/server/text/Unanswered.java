package holter.server.text;

import holter.words.Phrase;
import holter.words.Sentence;
import java.io.IOException;

/** Why somebody could not be asked, or gave no answer, as a sentence for people. */
public final class Unanswered extends IOException {
  private final transient Sentence why;

  public Unanswered(Phrase phrase, Object... args) {
    super(Sentence.of(phrase, args).english());
    this.why = Sentence.of(phrase, args);
  }

  public Sentence why() {
    return why;
  }

  /** What a failure says of itself, in one line; our own in every language. */
  public static Sentence reason(Throwable failure) {
    if (failure instanceof Unanswered unanswered) {
      return unanswered.why();
    }
    String message = failure.getMessage();
    String words = message == null ? failure.getClass().getSimpleName() : message;
    return Sentence.quote(words.lines().findFirst().orElse(failure.getClass().getSimpleName()));
  }
}
