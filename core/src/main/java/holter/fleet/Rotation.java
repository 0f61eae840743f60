package holter.fleet;

/**
 * The partition of each instance's next beats, learnt from the last ones. An agent sends beat
 * {@code s} to {@code (start + s·stride) mod P}; a keyed foreign sender stays on one partition.
 * Believed only after {@link #VOTES} agreeing observations.
 */
final class Rotation {
  /** Agreeing observations before a guess is used: one may be chance. */
  private static final int VOTES = 2;

  private static final int VOTES_MAX = 100;
  private static final short NONE = -1;

  private final HotRows rows;
  private int partitions;

  Rotation(HotRows rows) {
    this.rows = rows;
  }

  void reset(int row) {
    keep(row, NONE, stride(row), 0); // a next life may well have the stride of the last one
  }

  /** Anchor, stride and votes share a number: 16 bits, 16, and the rest. */
  private void keep(int row, int anchor, int stride, int votes) {
    long packed = (long) votes << 32 | (long) (stride & 0xFFFF) << 16 | (anchor & 0xFFFF);
    rows.set(row, HotRows.ROTATION, packed);
  }

  private int anchor(int row) {
    return (short) rows.get(row, HotRows.ROTATION);
  }

  private int stride(int row) {
    return (short) (rows.get(row, HotRows.ROTATION) >> 16);
  }

  private int votes(int row) {
    return (int) (rows.get(row, HotRows.ROTATION) >> 32);
  }

  private long anchorSeq(int row) {
    return rows.get(row, HotRows.ROTATION_SEQ);
  }

  /** A changed partition count makes everything learnt void. */
  void partitions(int count) {
    if (count != partitions) {
      partitions = count;
      for (int row = 0; row < rows.rows(); row++) {
        reset(row);
      }
    }
  }

  /** A beat was read; beats of an agent come here in the order of their numbers. */
  void heard(int row, Beat beat) {
    int partition = beat.place().partition();
    switch (beat.from().kind()) {
      case AGENT -> rotated(row, beat.seq(), partition);
      case FOREIGN_KEYED -> stayed(row, partition);
      case FOREIGN_KEYLESS -> {}
    }
  }

  private void rotated(int row, long seq, int partition) {
    if (partition < 0 || partition >= Math.min(partitions, Short.MAX_VALUE)) {
      return;
    }
    int stride = stride(row);
    int votes = votes(row);
    if (anchor(row) >= 0) {
      long gap = seq - anchorSeq(row);
      boolean agrees = partitionAfter(row, gap) == partition;
      if (agrees) {
        // a gap of whole rounds agrees with every stride, and says nothing
        votes = more(votes, coprime(gap, partitions) ? 1 : 0);
      } else if (gap == 1) {
        stride = Math.floorMod(partition - anchor(row), partitions);
        votes = 1;
      } else {
        votes = 0;
      }
    }
    rows.set(row, HotRows.ROTATION_SEQ, seq);
    keep(row, partition, stride, votes);
  }

  private void stayed(int row, int partition) {
    if (partition < 0 || partition >= Short.MAX_VALUE) {
      return;
    }
    keep(row, partition, 0, partition == anchor(row) ? more(votes(row), 1) : 1);
  }

  private static int more(int votes, int times) {
    return Math.min(votes + times, VOTES_MAX);
  }

  private static boolean coprime(long a, long b) {
    return b == 0 ? a == 1 : coprime(b, a % b);
  }

  /** Where beat {@code seq} goes; −1 while not known well enough. */
  int partitionOf(int row, long seq) {
    boolean known = votes(row) >= VOTES && anchor(row) >= 0;
    return known ? partitionAfter(row, seq - anchorSeq(row)) : -1;
  }

  private int partitionAfter(int row, long beats) {
    int stride = stride(row);
    if (stride == 0) {
      return anchor(row);
    }
    long steps = Math.floorMod(beats, (long) partitions);
    return (int) ((anchor(row) + steps * stride) % partitions);
  }
}
