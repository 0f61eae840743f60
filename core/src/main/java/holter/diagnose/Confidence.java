package holter.diagnose;

import holter.words.Phrase;

/**
 * Confidence in words, by rule: confirmed needs two independent kinds of witness, a direct
 * measurement among them, and no rival.
 */
public enum Confidence implements Phrase {
  CONFIRMED("confirmed"),
  LIKELY("likely"),
  INCONCLUSIVE("inconclusive");

  private final String english;

  Confidence(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
