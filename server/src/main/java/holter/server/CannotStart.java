package holter.server;

/** Why the server does not start: one line, what; why; what to try. A mistake, not a bug. */
public final class CannotStart extends RuntimeException {
  public CannotStart(String line) {
    super(line);
  }
}
