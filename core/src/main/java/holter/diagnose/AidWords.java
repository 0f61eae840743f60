package holter.diagnose;

import holter.words.Phrase;

/** What helps, by cause; {0} broker, {1} host, {2} what has a name, {3} partitions. */
public enum AidWords implements Phrase {
  F15_FIRST("first aid: free space on host {1} or extend it, then start broker {0}"),
  F15_ROOT("root: retention by size, an alarm at 80 %; never delete segment files by hand"),
  F41_FIRST("first aid: split or compress the records of {2}"),
  F41_ROOT("root: set the limits of sender, topic, followers and readers together"),
  F43_FIRST("first aid: stop the member of {2} that comes and goes"),
  F43_ROOT("root: static membership, a longer session, cooperative assignment");

  private final String english;

  AidWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
