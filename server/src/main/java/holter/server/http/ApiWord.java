package holter.server.http;

import holter.words.Phrase;

/** What the API says of itself. */
enum ApiWord implements Phrase {
  UNKNOWN_INSTANCE("no instance of this name is known; it may never have been heard"),
  STALE_PICTURE("the picture is {0} ms old: Holter's own loop does not turn");

  private final String english;

  ApiWord(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
