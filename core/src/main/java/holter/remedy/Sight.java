package holter.remedy;

/** What a look at an act's target finds, just before it is acted on. */
public enum Sight {
  /** As the act expects it. */
  BEFORE,
  /** As the act leaves it: somebody, maybe we ourselves, has done it. */
  AFTER,
  /** Neither: the world moved on, and the act must not be done. */
  OTHER,
  /** The look got no answer. */
  UNKNOWN
}
