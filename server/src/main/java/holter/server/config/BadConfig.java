package holter.server.config;

/** A mistake in the configuration: one line that names the key and says what to write instead. */
public final class BadConfig extends RuntimeException {
  private final String key;

  /**
   * @param key the key as written in the file, with dots: {@code detect.missedSlotsMax}
   * @param problem what is wrong with it
   * @param advice what to write instead
   */
  public BadConfig(String key, String problem, String advice) {
    this(key, key + " " + problem + "; " + advice, true);
  }

  private BadConfig(String key, String line, @SuppressWarnings("unused") boolean whole) {
    super(line.replace('\n', ' '));
    this.key = key;
  }

  /** A mistake already worded as one line. */
  static BadConfig worded(String key, String line) {
    return new BadConfig(key, line, true);
  }

  public String key() {
    return key;
  }
}
