package holter.detect;

import holter.words.Phrase;

/** What a death rests on. All but {@link #SILENCE} are proofs; silence is an inference. */
public enum DeathProof implements Phrase {
  EXIT_EVENT("the runner reported its exit"),
  PORT_REFUSED("its host answers and refuses its port"),
  HUNG("it answers, and makes no progress"),
  IDLE("it beats, and its work stands still"),
  HOST_GONE("its host is gone, by two witnesses"),
  SILENCE("silent on healthy paths, and deaf to probes");

  private final String english;

  DeathProof(String english) {
    this.english = english;
  }

  public boolean proved() {
    return this != SILENCE;
  }

  @Override
  public String english() {
    return english;
  }
}
