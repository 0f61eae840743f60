package holter.server;

/**
 * What is asked of the cluster beside its map.
 *
 * @param group a consumer group that is asked first; empty for none
 * @param canaryTopic Holter's own topic to which canary records are written; empty where nobody
 *     asked for writing
 * @param senders whether the topic's records are read, for who sends them
 */
public record ClusterAsk(String group, String canaryTopic, boolean senders) {
  /** Reading, and of no group in particular. */
  public static final ClusterAsk READING = new ClusterAsk("", "");

  /** Without a look at the topic's records: beats are heard, or do not matter. */
  public ClusterAsk(String group, String canaryTopic) {
    this(group, canaryTopic, false);
  }

  /** The same, with a look at the topic's records. */
  public ClusterAsk andSenders() {
    return new ClusterAsk(group, canaryTopic, true);
  }
}
