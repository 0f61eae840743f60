package holter.fleet;

/** Since when each sender's own work counter stands still, by what its beats tell. */
final class WorkCounters {
  private final HotRows rows;

  WorkCounters(HotRows rows) {
    this.rows = rows;
  }

  void reset(int row) {
    rows.set(row, HotRows.WORK_MOVED_MS, -1);
  }

  /** A beat told the counter; −1 tells none. */
  void told(int row, long work, long nowMs) {
    if (work < 0) {
      reset(row);
    } else if (movedMs(row) < 0 || work != rows.get(row, HotRows.WORK)) {
      rows.set(row, HotRows.WORK, work);
      rows.set(row, HotRows.WORK_MOVED_MS, nowMs);
    }
  }

  /** How long the counter stood until the beat at {@code heardMs}; −1 when none is told. */
  long stoodMs(int row, long heardMs) {
    return movedMs(row) < 0 ? -1 : heardMs - movedMs(row);
  }

  private long movedMs(int row) {
    return rows.get(row, HotRows.WORK_MOVED_MS);
  }
}
