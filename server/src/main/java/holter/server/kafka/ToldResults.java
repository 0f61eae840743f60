package holter.server.kafka;

import holter.fleet.SendResult;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * Acknowledged sends, a number each: a beat tells ten of them, and ten objects more per beat are
 * what reading would then spend its time on. Grows only while its parser fills it.
 */
final class ToldResults extends AbstractList<SendResult> implements RandomAccess {
  private static final int SEQ_BITS = 31;
  private static final int ACK_BITS = 18;
  private static final int PARTITION_BITS = 14;

  private long[] told;
  private int size;

  ToldResults(int expected) {
    told = new long[expected];
  }

  /** Takes one; false when it does not fit, as after 68 years of beats. */
  boolean take(long partition, long seq, long ackMs) {
    boolean fits =
        seq >>> SEQ_BITS == 0
            && ackMs >>> ACK_BITS == 0
            && partition >>> PARTITION_BITS == 0
            && size < BeatParser.MAX_RESULTS;
    if (fits) {
      if (size == told.length) {
        told = Arrays.copyOf(told, Math.max(8, 2 * size));
      }
      told[size++] = (((partition << ACK_BITS) | ackMs) << SEQ_BITS) | seq;
    }
    return fits;
  }

  @Override
  public SendResult get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    long packed = told[index];
    int partition = (int) (packed >>> (SEQ_BITS + ACK_BITS));
    long ackMs = (packed >>> SEQ_BITS) & ((1L << ACK_BITS) - 1);
    return new SendResult(partition, packed & ((1L << SEQ_BITS) - 1), ackMs, "");
  }

  @Override
  public int size() {
    return size;
  }
}
