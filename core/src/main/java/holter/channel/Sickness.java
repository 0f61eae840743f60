package holter.channel;

import holter.words.Phrase;

/** In which way a path is sick. */
public enum Sickness implements Phrase {
  HANG("the leader does not answer"),
  SLOW("the leader answers late"),
  REFUSED("the leader refuses connections"),
  ISR("acknowledged but not visible: a follower holds the high watermark back"),
  LEADERLESS("the partition has no leader");

  private final String english;

  Sickness(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
