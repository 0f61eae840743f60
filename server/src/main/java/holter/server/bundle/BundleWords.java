package holter.server.bundle;

import holter.words.Phrase;

/** What of a bundle could not be used, and why. */
public enum BundleWords implements Phrase {
  LINE("{0}, line {1}"),
  PART("{0} of the bundle"),

  BAD_LINE("not an observation of this format: {0}"),
  MORE_LINES("{0} further lines could not be read"),
  LINE_TOO_LONG("longer than {0} bytes"),
  TOO_MANY("more than {0}: the rest is not read"),
  BINARY("not text"),
  NOTHING("nothing in it could be read"),
  TOO_LARGE("larger than {0} bytes: the rest is not read"),
  UNREADABLE("it cannot be read: {0}"),

  NO_MANIFEST("it is missing: format {0}, UTC and topic {1} are taken"),
  NEWER("of format {0}, and this Holter knows {1}: what it does not know is left out"),
  NO_FORMAT("its format cannot be read: {0} is taken"),
  UNKNOWN_KEY("{0} is no key of it"),
  BAD_VALUE("{0} cannot be read: {1}"),
  NO_TIME("nobody told when this was: the newest date in it is taken"),
  SAID_NOT_ASKED("not asked when it was collected"),

  NO_BROKER_ID("no broker id is known for it; say it under brokers in bundle.yaml"),
  PARTITIONS_MISSING("of {0} partitions of {1} only {2} could be read"),

  UNSAFE_ENTRY("{0} leads out of the archive and was left out"),
  CUT_OFF("the archive breaks off after {0} files"),
  NO_PLAIN_FILE("{0} is no plain file and was left out");

  private final String english;

  BundleWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
