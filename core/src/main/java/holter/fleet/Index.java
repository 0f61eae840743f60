package holter.fleet;

/**
 * The row of each id: open addressing over plain numbers, the hash beside the row, so that looking
 * a beat's sender up costs no object and one place in the memory. At most half full, probed one by
 * one; a removed entry leaves no mark, those behind it move up. Not thread-safe.
 */
final class Index {
  private long[] slots = new long[16]; // hash above, row + 1 below; 0 is free
  private int size;

  /** Where a row whose id has this hash may be, −1 for nowhere. */
  int first(int hash) {
    return seek(hash, home(hash));
  }

  /** The next such place. */
  int next(int hash, int at) {
    return seek(hash, after(at));
  }

  private int seek(int hash, int from) {
    int at = from;
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      if (hash(slot) == hash) {
        return at;
      }
      at = after(at);
    }
    return -1;
  }

  /** The row at a place that was found. */
  int row(int at) {
    return (int) slots[at] - 1;
  }

  private static int hash(long slot) {
    return (int) (slot >> 32);
  }

  /** Adds a row whose id has none yet. */
  void add(int hash, int row) {
    size++;
    if (2 * size > slots.length) {
      var old = slots;
      slots = new long[2 * old.length];
      for (long slot : old) {
        if (slot != 0) {
          place(slot);
        }
      }
    }
    place((long) hash << 32 | row + 1);
  }

  private void place(long slot) {
    int at = home(hash(slot));
    while (slots[at] != 0) {
      at = after(at);
    }
    slots[at] = slot;
  }

  /** Removes a row that was added. */
  void remove(int hash, int row) {
    int gap = home(hash);
    while (row(gap) != row) {
      gap = after(gap);
    }
    size--;
    for (int at = after(gap); slots[at] != 0; at = after(at)) {
      int home = home(hash(slots[at]));
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
