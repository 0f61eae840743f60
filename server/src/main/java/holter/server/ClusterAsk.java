package holter.server;

/**
 * What is asked of the cluster beside its map.
 *
 * @param group a consumer group that is asked first; empty for none
 * @param canaryTopic Holter's own topic to which canary records are written; empty where nobody
 *     asked for writing
 */
public record ClusterAsk(String group, String canaryTopic) {
  /** Reading, and of no group in particular. */
  public static final ClusterAsk READING = new ClusterAsk("", "");
}
