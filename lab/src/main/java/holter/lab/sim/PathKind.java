package holter.lab.sim;

/** What the path of one partition does to a record that is sent now. */
public enum PathKind {
  /** Delivers after some 25 ms; loses one in two thousand. */
  FINE,
  /** Loses everything; the sender hears nothing before its own deadline. */
  LOST,
  /** Loses what workers send; lanes of ours and readers see nothing of it. */
  UNHEARD,
  /** Loses half, and delivers the rest up to 15 s late; on healing the rest comes in a burst. */
  SLOW,
  /** As lost, and a sender that waits for it is blocked for 10 to 60 s. */
  BLOCKS,
  /** Acknowledges and shows nothing until it heals: a follower holds the high watermark. */
  UNSEEN,
  /** Refuses: its leader's process is gone. */
  REFUSED
}
