package holter.fleet;

import java.util.Arrays;

/**
 * The partition of each instance's next beats, learnt from the last ones. An agent sends beat
 * {@code s} to {@code (start + s·stride) mod P}; a keyed foreign sender stays on one partition.
 * Columns, one row per instance; believed only after {@link #VOTES} agreeing observations.
 */
final class Rotation {
  /** Agreeing observations before a guess is used: one may be chance. */
  private static final int VOTES = 2;

  private static final int VOTES_MAX = 100;
  private static final short NONE = -1;

  private int partitions;
  private long[] anchorSeq = new long[0];
  private short[] anchorPartition = new short[0];
  private short[] stride = new short[0];
  private byte[] votes = new byte[0];

  void grow(int rows) {
    int old = votes.length;
    anchorSeq = Arrays.copyOf(anchorSeq, rows);
    anchorPartition = Arrays.copyOf(anchorPartition, rows);
    stride = Arrays.copyOf(stride, rows);
    votes = Arrays.copyOf(votes, rows);
    Arrays.fill(anchorPartition, old, rows, NONE);
  }

  void reset(int row) {
    anchorPartition[row] = -1;
    votes[row] = 0;
  }

  /** A changed partition count makes everything learnt void. */
  void partitions(int count) {
    if (count != partitions) {
      partitions = count;
      Arrays.fill(anchorPartition, NONE);
      Arrays.fill(votes, (byte) 0);
    }
  }

  /** An agent's beat was read; beats come here in the order of {@code seq}. */
  void rotated(int row, long seq, int partition) {
    if (partition < 0 || partition >= Math.min(partitions, Short.MAX_VALUE)) {
      return;
    }
    if (anchorPartition[row] >= 0) {
      long gap = seq - anchorSeq[row];
      boolean agrees = partitionAfter(row, gap) == partition;
      if (agrees) {
        // a gap of whole rounds agrees with every stride, and says nothing
        agrees(row, coprime(gap, partitions) ? 1 : 0);
      } else if (gap == 1) {
        stride[row] = (short) Math.floorMod(partition - anchorPartition[row], partitions);
        votes[row] = 1;
      } else {
        votes[row] = 0;
      }
    }
    anchorSeq[row] = seq;
    anchorPartition[row] = (short) partition;
  }

  /** A keyed sender's beat was read. */
  void stayed(int row, int partition) {
    if (partition < 0 || partition >= Short.MAX_VALUE) {
      return;
    }
    if (partition == anchorPartition[row]) {
      agrees(row, 1);
    } else {
      votes[row] = 1;
    }
    anchorPartition[row] = (short) partition;
    stride[row] = 0;
  }

  private void agrees(int row, int times) {
    votes[row] = (byte) Math.min(votes[row] + times, VOTES_MAX);
  }

  private static boolean coprime(long a, long b) {
    return b == 0 ? a == 1 : coprime(b, a % b);
  }

  /** Where beat {@code seq} goes; −1 while not known well enough. */
  int partitionOf(int row, long seq) {
    boolean known = votes[row] >= VOTES && anchorPartition[row] >= 0;
    return known ? partitionAfter(row, seq - anchorSeq[row]) : -1;
  }

  private int partitionAfter(int row, long beats) {
    if (stride[row] == 0) {
      return anchorPartition[row];
    }
    long steps = Math.floorMod(beats, (long) partitions);
    return (int) ((anchorPartition[row] + steps * stride[row]) % partitions);
  }
}
