package holter.remedy;

import holter.words.Phrase;

/** What speaks for and against a cordoned node's recovery. */
public enum RecoveryWords implements Phrase {
  CONDITIONS("conditions and lease"),
  TAINTS("taints"),
  SPACE("free space"),
  TREND("growth of the disk"),
  QUIET("quiet"),
  OWNER("owner"),
  WELL_FOR("Ready=True for {0} min, DiskPressure=False for {1} min, lease renewed {2} s ago"),
  NOT_TOLD("{0} is not told"),
  CONDITION_IS("{0}={1}"),
  CONDITION_YOUNG("{0}={1} for {2} min only; {3} min are asked for"),
  LEASE_UNKNOWN("the age of its lease is not known"),
  LEASE_OLD("its lease was renewed {0} s ago; more than {1} s is too old"),
  NO_TAINT("no taint but that of the cordon"),
  TAINTED("taint {0}: {1}"),
  SPACE_ENOUGH("root file system {0} % used, images {1} %, inodes {2} %; {3} free for {4} to land"),
  SPACE_UNKNOWN("{0} of its disk is not known"),
  SPACE_USED("{0} is {1} % used; below {2} % is asked for"),
  SPACE_SHORT("{0} are free, {1} are about to land"),
  NOT_GROWING("used space does not grow"),
  GROWS_SLOWLY("used space grows; full in {0} h"),
  GROWS_FAST("used space grows; full in {0} h, more than {1} h is asked for"),
  GROWTH_UNKNOWN("whether used space grows is not known"),
  SILENT("no failed clean-up, no pressure and no fault of its kernel in {0} min"),
  HAPPENED("{0} {1} min ago"),
  HAPPENED_SOMETIME("{0}, at an unknown time"),
  EVENTS_UNREAD("its events could not be read"),
  NOBODYS("closed by {0}; no tool that owns nodes has left a mark"),
  NOT_CLOSED("it is not cordoned, and no tool that owns nodes has left a mark"),
  OWNED("{0} owns it"),
  CLOSED_BY_TOOL("closed by {0}, which would close it again"),
  CLOSED_BY_HOLTER("closed by Holter itself when a plan was taken back: open it yourself"),
  CLOSED_BY_UNKNOWN("closed by {0}, of whom it is not known whether they would close it again"),
  CLOSED_BY_NOBODY_TOLD("who closed it is not told");

  private final String english;

  RecoveryWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
