package holter.words;

/** What is said without words of our own. */
public enum Plainly implements Phrase {
  /** Somebody else's words, as they stand. */
  QUOTE("{0}"),
  AND("{0}, {1}");

  private final String english;

  Plainly(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
