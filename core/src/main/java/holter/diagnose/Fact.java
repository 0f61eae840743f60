package holter.diagnose;

import holter.channel.ClusterMap;
import holter.channel.PathState;
import holter.detect.ProbeOutcome;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One thing observed, typed. What was not answered is a fact too. */
public sealed interface Fact
    permits Fact.Metadata,
        Fact.PathSeen,
        Fact.BrokerReach,
        Fact.Registered,
        Fact.NotRegistered,
        Fact.Complaint,
        Fact.LogShape,
        Fact.HostLoad,
        Fact.SendReports,
        Fact.Silence,
        Fact.WorkerProbed,
        Fact.WorkerExited,
        Fact.WorkerDead,
        Fact.Logged,
        Fact.CollectorPauses,
        Fact.Measured,
        Fact.CanarySent,
        Fact.ReachedFrom,
        Fact.Unasked,
        ClusterFact,
        KubeFact {
  /** Brokers and partitions, as one source sees them. */
  record Metadata(ClusterMap map) implements Fact {}

  /** What a lane holds of one partition's path, with the leader it was judged against. */
  record PathSeen(int partition, int leaderId, PathState state) implements Fact {}

  /**
   * TCP connect and ApiVersions to one advertised address.
   *
   * @param brokerId who advertises it; −1 for an address that the user gave and no broker
   *     advertises
   * @param connectMs −1 when it did not connect
   * @param answerMs −1 when it did not answer
   */
  record BrokerReach(int brokerId, String address, Reach reach, double connectMs, double answerMs)
      implements Fact {}

  /**
   * A broker's registration in ZooKeeper.
   *
   * @param registeredAtWallMs ctime, by the ZooKeeper leader's clock
   * @param selfReportedWallMs the broker's own clock in the node; their difference is clock skew
   */
  record Registered(
      int brokerId, String host, int port, long registeredAtWallMs, long selfReportedWallMs)
      implements Fact {}

  /** Known from replica lists or earlier maps, and now missing from the source. */
  record NotRegistered(int brokerId, String via) implements Fact {}

  /** What one broker's log says against another, gathered over a window. */
  record Complaint(
      int complainer,
      int target,
      ComplaintKind kind,
      int count,
      long firstWallMs,
      long lastWallMs,
      String sample)
      implements Fact {}

  /**
   * The end, or a gap, of a broker's log.
   *
   * @param lastWallMs time of the last line
   * @param gapMs the longest gap between lines in the window; 0 when none stands out
   */
  record LogShape(int brokerId, long lastWallMs, long gapMs, String lastLine) implements Fact {}

  /**
   * Host pressure over a window. Unknown figures are NaN, never zero.
   *
   * @param linkBytesPerS the NIC's speed
   * @param cpuBusyShare 0 to 1
   * @param diskBusyShare 0 to 1
   * @param memoryAvailableShare 0 to 1
   * @param scrapeMs how long the host took to answer
   */
  record HostLoad(
      String host,
      double rxBytesPerS,
      double txBytesPerS,
      double linkBytesPerS,
      double cpuBusyShare,
      double diskBusyShare,
      double memoryAvailableShare,
      double scrapeMs)
      implements Fact {}

  /** Instances' own send results for one partition, summed over the last window. */
  record SendReports(
      int partition, int leaderId, int reporters, int acked, int failed, long ackMsMax)
      implements Fact {}

  /**
   * Who is silent, who beats.
   *
   * @param silentByPartition for sticky senders: how many silent ones are learnt to use it
   * @param silentByHost how many silent ones per host
   * @param beatingByHost how many beating ones per host
   */
  record Silence(
      List<InstanceId> silent,
      int beating,
      Map<Integer, Integer> silentByPartition,
      Map<String, Integer> silentByHost,
      Map<String, Integer> beatingByHost)
      implements Fact {
    public Silence {
      silent = List.copyOf(silent);
      silentByPartition = sorted(silentByPartition);
      silentByHost = sorted(silentByHost);
      beatingByHost = sorted(beatingByHost);
    }

    /** In an order that is the same in every process. */
    private static <K extends Comparable<K>> Map<K, Integer> sorted(Map<K, Integer> counts) {
      return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
  }

  /** What came of asking one worker. */
  record WorkerProbed(InstanceId instance, ProbeOutcome outcome) implements Fact {}

  /** The runner reports that a worker's process ended. */
  record WorkerExited(InstanceId instance, int exitCode) implements Fact {}

  /** A worker is held for dead, with the proof's words. */
  record WorkerDead(InstanceId instance, Sentence proof) implements Fact {}

  /**
   * A sign in a log, counted over the window.
   *
   * @param log whose log it is: a broker's id, or a client's name
   * @param brokerId the broker it is about: of its own log, or the one that a client names; −1 none
   * @param about what it names: {@code topic-partition}, directory, group, address; or empty
   */
  record Logged(
      LogSign sign,
      String log,
      int brokerId,
      String about,
      int count,
      long firstWallMs,
      long lastWallMs,
      String sample)
      implements Fact {}

  /**
   * Pauses of a broker's collector over the window.
   *
   * @param shareOfWindow how much of the window was spent in pauses, 0 to 1
   */
  record CollectorPauses(
      int brokerId, int count, long longestMs, double shareOfWindow, long lastWallMs)
      implements Fact {}

  /**
   * A figure; NaN is never told.
   *
   * @param of a host's name, a broker's id or a client's name
   */
  record Measured(Metric metric, String of, double value) implements Fact {}

  /**
   * A record written to Holter's own topic, and read back.
   *
   * @param acks 1, or −1 for all
   * @param ms until it was acknowledged; −1 never in time
   * @param code Kafka's error by name; empty for none
   */
  record CanarySent(int leaderId, int partition, int acks, double ms, String code)
      implements Fact {}

  /** TCP connect and ApiVersions from another place than ours. */
  record ReachedFrom(
      String vantage, int brokerId, String address, Reach reach, double connectMs, double answerMs)
      implements Fact {}

  /** What could not be asked, and why; {@code subject} is a broker, host or path. */
  record Unasked(Sentence subject, Sentence why) implements Fact {}
}
