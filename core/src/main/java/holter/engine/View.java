package holter.engine;

import holter.channel.ClusterMap;
import holter.channel.PathState;
import holter.detect.Verdict;
import holter.fleet.Beat;
import holter.words.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable picture of the engine's state for API, metrics and CLI; safe to read from any
 * thread.
 *
 * @param asOfMs engine time of the picture
 * @param leading whether this replica may act
 * @param breakerOpen whether inferred deaths are not acted on
 * @param instances sorted by id
 * @param partitions sorted by number
 * @param map the latest cluster map, if any was read
 * @param incidents open ones first, then the latest closed ones, bounded
 * @param counters totals since start
 */
public record View(
    long asOfMs,
    boolean leading,
    boolean breakerOpen,
    List<Instance> instances,
    List<Partition> partitions,
    @Nullable ClusterMap map,
    List<Incident> incidents,
    Counters counters) {

  /**
   * @param from who
   * @param verdict what we hold it to be
   * @param why the sentence of its last transition
   * @param rule the rule of its last transition
   * @param lastHeardMs engine time of its last beat; −1 for never
   * @param intervalMs declared or learnt
   * @param lastPartition where its last beat was read; −1 by HTTP or never
   * @param host by its own word, or empty
   */
  public record Instance(
      Beat.Sender from,
      Verdict verdict,
      Sentence why,
      String rule,
      long lastHeardMs,
      long intervalMs,
      int lastPartition,
      String host) {}

  /**
   * @param number the partition
   * @param leaderId by the latest map; −1 unknown
   * @param host the leader's host, or empty
   * @param path what its lane holds it to be
   * @param lastSampleMs engine time of the last sample; −1 for never
   * @param lastSeenMs round trip of the last good sample in ms; −1 for never
   * @param provedThroughMs the path is proved and read up to here; −1 for never
   */
  public record Partition(
      int number,
      int leaderId,
      String host,
      PathState path,
      long lastSampleMs,
      long lastSeenMs,
      long provedThroughMs) {}

  /** Totals since start. */
  public record Counters(
      long beats, long garbled, long lateBeats, long restartsHeld, long restartsOrdered) {}
}
