package holter.diagnose;

import holter.words.Phrase;

/** The catalogue's entries that this version can diagnose. */
public enum CauseCode implements Phrase {
  F01("broker process dead"),
  F02("broker process frozen"),
  F04("host network saturated"),
  F22("client-side network sick"),
  F60("worker dead, Kafka healthy");

  private final String english;

  CauseCode(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
