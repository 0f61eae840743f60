package holter.fleet;

import java.util.Arrays;

/**
 * The row of each id: open addressing over plain ints, so that looking a beat's sender up costs no
 * object. At most half full, probed one by one; a removed entry leaves no mark, those behind it
 * move up. Not thread-safe.
 */
final class Index {
  private int[] slots = new int[16]; // row + 1; 0 is free
  private int[] hashes = new int[0]; // of each row's id
  private int size;

  /** The row of an id, −1 when it has none. */
  int find(InstanceId id, Card[] cards) {
    int hash = id.hashCode();
    int at = home(hash);
    for (int slot = slots[at]; slot != 0; slot = slots[at]) {
      if (hashes[slot - 1] == hash && cards[slot - 1].names(id)) {
        return slot - 1;
      }
      at = after(at);
    }
    return -1;
  }

  /** Adds an id that has no row yet. */
  void add(InstanceId id, int row) {
    if (row >= hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(64, Math.max(row + 1, 2 * hashes.length)));
    }
    hashes[row] = id.hashCode();
    size++;
    if (2 * size > slots.length) {
      var old = slots;
      slots = new int[2 * old.length];
      for (int slot : old) {
        if (slot != 0) {
          place(slot);
        }
      }
    }
    place(row + 1);
  }

  private void place(int slot) {
    int at = home(hashes[slot - 1]);
    while (slots[at] != 0) {
      at = after(at);
    }
    slots[at] = slot;
  }

  /** Removes a row that was added. */
  void remove(int row) {
    int gap = home(hashes[row]);
    while (slots[gap] != row + 1) {
      gap = after(gap);
    }
    size--;
    for (int at = after(gap); slots[at] != 0; at = after(at)) {
      int home = home(hashes[slots[at] - 1]);
      boolean reachable = ((at - home) & mask()) >= ((at - gap) & mask());
      if (reachable) {
        slots[gap] = slots[at];
        gap = at;
      }
    }
    slots[gap] = 0;
  }

  /** Names that differ in their last digit have hashes side by side: spread them. */
  private int home(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ mixed >>> 15) & mask();
  }

  private int after(int at) {
    return at + 1 & mask();
  }

  private int mask() {
    return slots.length - 1;
  }
}
