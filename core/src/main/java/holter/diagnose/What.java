package holter.diagnose;

import holter.words.Phrase;

/** Kinds of things that a diagnosis can name beside broker, host and instances. */
public enum What implements Phrase {
  TOPIC("topic {0}"),
  GROUP("group {0}"),
  CLIENT("client {0}"),
  NODE("node {0}"),
  POD("pod {0}"),
  DIRECTORY("directory {0}"),
  PRINCIPAL("user {0}"),
  /** The other broker of a link, by its id. */
  PEER("broker {0} at the other end");

  private final String english;

  What(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
