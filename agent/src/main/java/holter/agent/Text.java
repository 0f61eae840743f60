package holter.agent;

/** What may stand as a name on the wire. */
final class Text {
  private Text() {}

  /** Whether it is 1 to 200 printable characters and not blank. */
  static boolean isName(String value) {
    return !value.isBlank()
        && value.length() <= 200
        && value.chars().noneMatch(c -> c < 32 || c == 127);
  }
}
