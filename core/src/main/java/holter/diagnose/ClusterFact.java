package holter.diagnose;

import java.util.List;

/** What a cluster's own calls say of its settings, groups, directories and control. */
public sealed interface ClusterFact extends Fact {
  /**
   * A setting that is not the default, or that matters.
   *
   * @param scope of what
   * @param of its name: a broker's id, a topic, a client id, a user
   */
  record Configured(Scope scope, String of, String key, String value) implements ClusterFact {}

  /** What can be configured. */
  enum Scope {
    BROKER,
    TOPIC,
    CLIENT_QUOTA,
    USER_QUOTA,
    IP_QUOTA
  }

  /**
   * What came of a call that only reads.
   *
   * @param call the API by name
   * @param of a broker's id, a topic, a group
   * @param code Kafka's error by name, {@code TIMEOUT} for no answer, empty for none
   */
  record Called(String call, String of, String code, double ms) implements ClusterFact {}

  /**
   * The controller.
   *
   * @param brokerId −1 when this source knows of none
   * @param via who told
   */
  record ControllerSeen(int brokerId, String via) implements ClusterFact {}

  /**
   * A consumer group.
   *
   * @param state Kafka's word: Stable, PreparingRebalance, Empty, Dead …
   * @param coordinatorId −1 when none answers
   * @param memberships how often its members changed while it was watched
   */
  record GroupSeen(String group, String state, int coordinatorId, int members, int memberships)
      implements ClusterFact {}

  /**
   * A group's place on one partition.
   *
   * @param committed −1 when nothing is committed
   * @param startOffset the oldest that is left
   * @param endOffset the newest that is visible
   * @param advanced how far the commit moved while it was watched
   * @param produced how far the end moved meanwhile
   * @param behindMs since a record came that is not committed yet, at least; 0 when that is short,
   *     or not known
   */
  record GroupLag(
      String group,
      String topic,
      int partition,
      long committed,
      long startOffset,
      long endOffset,
      long advanced,
      long produced,
      long behindMs)
      implements ClusterFact {}

  /**
   * Who sends to a topic, by the keys of its records. Time counts as far as others' records came
   * meanwhile: what stands still for all makes nobody silent.
   *
   * @param sender the key
   * @param partitions those in which it was seen
   * @param records how many were seen
   * @param everyMs the middle one of the times between two of them
   * @param longestMs the longest of these times
   * @param lastWallMs when its last record was made, by its own clock
   * @param lateMs how much later than it used to be that last record stands among others'
   * @param silentMs how long others' records have come since then
   * @param others how many others sent to these partitions since then
   */
  record SenderSeen(
      String sender,
      List<Integer> partitions,
      int records,
      long everyMs,
      long longestMs,
      long lastWallMs,
      long lateMs,
      long silentMs,
      int others)
      implements ClusterFact {
    public SenderSeen {
      partitions = List.copyOf(partitions);
    }
  }

  /** A log directory of a broker; {@code error} empty when it is well. */
  record LogDirSeen(int brokerId, String directory, String error, List<String> partitions)
      implements ClusterFact {
    public LogDirSeen {
      partitions = List.copyOf(partitions);
    }
  }

  /** A reassignment under way. */
  record Reassigning(String topic, int partition, List<Integer> adding, List<Integer> removing)
      implements ClusterFact {
    public Reassigning {
      adding = List.copyOf(adding);
      removing = List.copyOf(removing);
    }
  }

  /** A transaction that has not ended. */
  record TransactionOpen(String topic, int partition, long producerId, long openMs)
      implements ClusterFact {}

  /** The certificate at an address; {@code problem} empty when it is trusted and valid. */
  record CertificateSeen(String address, long fromWallMs, long untilWallMs, String problem)
      implements ClusterFact {}
}
