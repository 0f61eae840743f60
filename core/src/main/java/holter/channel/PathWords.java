package holter.channel;

import holter.words.Phrase;

/** What this package says. */
public enum PathWords implements Phrase {
  NOT_PROVED_YET("not proved yet"),
  NO_SAMPLE("no sample of its lane for {0} ms"),
  READER_BEHIND("its beats have not been read to the end for {0} ms"),
  LEADER_MOVED("its leader moved to {0}"),
  UNKNOWN("unknown: {0}"),
  PROVED("proved end to end again and again");

  private final String english;

  PathWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
