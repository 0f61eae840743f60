package holter.server;

/**
 * What is asked of the cluster beside its map.
 *
 * @param group a consumer group that is asked first; empty for none
 * @param canaryTopic Holter's own topic to which canary records are written; empty where nobody
 *     asked for writing
 * @param senders whether the topic's latest records are looked through for keys that have stopped:
 *     where nobody supervises the senders
 */
public record ClusterAsk(String group, String canaryTopic, boolean senders) {
  /** Reading, and of no group in particular. */
  public static final ClusterAsk READING = new ClusterAsk("", "");

  public ClusterAsk(String group, String canaryTopic) {
    this(group, canaryTopic, false);
  }
}
