package holter.agent;

import org.jspecify.annotations.Nullable;

/** The agent cannot start; the message is one line: what, why, what to try. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
