package holter.channel;

/** The name of Holter's own topic beside one that it watches: the only one that it writes to. */
public final class TwinName {
  /** What every such name begins with. */
  public static final String PREFIX = "holter-twin-";

  private TwinName() {}

  /** Of the topic that it stands beside, unless the configuration names another. */
  public static String of(String topic) {
    return PREFIX + topic;
  }
}
