package holter.server.store;

/** The store cannot be used at all: one line that says why and what to try. */
public final class StoreBroken extends RuntimeException {
  public StoreBroken(String line) {
    super(line.replace('\n', ' '));
  }
}
