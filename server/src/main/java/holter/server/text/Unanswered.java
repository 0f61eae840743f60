package holter.server.text;

import holter.diagnose.UnaskedWords;
import holter.words.Phrase;
import holter.words.Sentence;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Why somebody could not be asked, or gave no answer, as a sentence for people. */
public final class Unanswered extends IOException {
  private final transient Sentence why;

  public Unanswered(Phrase phrase, Object... args) {
    super(Sentence.of(phrase, args).english());
    this.why = Sentence.of(phrase, args);
  }

  private Unanswered(Sentence why) {
    super(why.english());
    this.why = why;
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

  /**
   * The result that is there by then; it is cancelled otherwise.
   *
   * @param endNs by {@link System#nanoTime}
   * @param late why there is none at that time
   * @throws Unanswered late, failed, or interrupted, which stays set
   */
  public static <T> T within(Future<T> result, long endNs, Unanswered late) throws Unanswered {
    try {
      return result.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException none) {
      throw late;
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new Unanswered(reason(cause == null ? failed : cause));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new Unanswered(UnaskedWords.INTERRUPTED);
    } finally {
      result.cancel(true);
    }
  }
}
