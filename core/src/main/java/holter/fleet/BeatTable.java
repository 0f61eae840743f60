package holter.fleet;

import java.util.List;

/**
 * Who was heard when: one row of plain numbers per instance, so that a beat costs no allocation.
 * Order is (incarnation, seq), never a clock; beats of a replaced or ended life are counted and
 * prove nothing. Soft state: a restart knows only the roster, until beats come.
 *
 * <p>Not thread-safe; the engine's loop owns it. Rows are reused after {@link #forget}.
 */
public final class BeatTable {
  /** More instances than this are refused: a flood of invented ids must not fill the memory. */
  public static final int INSTANCES_MAX = 1_000_000;

  /** A life's counter may jump by this much: a lost disk restarts from epoch seconds. */
  private static final long LIFE_JUMP_MAX = 1L << 33;

  private final Cards cards = new Cards(INSTANCES_MAX);
  private final HotRows rows = new HotRows();
  private final Rotation rotation = new Rotation(rows);
  private final Results results = new Results(rows);
  private final Sequences sequences = new Sequences(rows);
  private final WorkCounters work = new WorkCounters(rows);
  private final Endings endings = new Endings();
  private final Intervals intervals = new Intervals();
  private final Expected expected = new Expected();
  private boolean news;

  /** The number of partitions that agents rotate over. */
  public void partitions(int count) {
    rotation.partitions(count);
  }

  /** The row of an instance, −1 when unknown. */
  public int row(InstanceId id) {
    return cards.row(id);
  }

  /** The row of a beat's sender, −1 when unknown. */
  public int row(Beat.Sender sender) {
    return cards.row(sender);
  }

  /** By how many lives a beat is of a newer one than the row's; negative for an older one. */
  public long livesAhead(int row, Beat.Sender sender) {
    return cards.familiar(row, sender) ? 0 : sender.incarnation().counter() - life(row);
  }

  /**
   * Adds an expected instance that was not heard yet.
   *
   * @param expectFromMs its first slot is due one interval after this
   * @return its row, −1 when the table is full
   */
  public int expect(KnownInstance instance, long expectFromMs) {
    int row = row(instance.id());
    if (row < 0) {
      row = blank(cards.take(instance));
    }
    if (row >= 0) {
      expected.from(row, expectFromMs);
    }
    return row;
  }

  /** Reads one beat at {@code nowMs}; {@code row} is its sender's, −1 while it has none. */
  public Hearing hear(int row, Beat beat, long nowMs) {
    return hear(row, beat, nowMs, nowMs);
  }

  /** The same for a beat that was sent at {@code sentMs}, as far as can be told; never later. */
  public Hearing hear(int row, Beat beat, long nowMs, long sentMs) {
    if (row < 0) {
      long life = beat.from().incarnation().counter();
      boolean sane = life >= 0 && life < LIFE_JUMP_MAX;
      return sane ? first(beat, nowMs) : Hearing.REFUSED;
    }
    long lives = livesAhead(row, beat.from());
    if (lives < 0) {
      return Hearing.OLD_LIFE;
    }
    if (lives > LIFE_JUMP_MAX) {
      return Hearing.REFUSED;
    }
    if (lives > 0) {
      newLife(row);
      return accept(row, beat, nowMs, Hearing.REBORN);
    }
    if (beat.seq() >= 0 && beat.seq() <= sequences.newest(row)) {
      return Hearing.LATE;
    }
    long slots = (nowMs - heardMs(row)) / Math.max(1, intervalMs(row));
    if (heardMs(row) >= 0 && beat.seq() >= 0 && !sequences.believable(row, beat.seq(), slots)) {
      return Hearing.REFUSED;
    }
    if (endings.ended(row) && !endings.contradicted(row, beat.seq(), nowMs, intervalMs(row) / 2)) {
      return Hearing.LATE;
    }
    return heardMs(row) < 0
        ? accept(row, beat, nowMs, Hearing.FIRST)
        : accept(row, beat, Math.max(sentMs, heardMs(row)), Hearing.FRESH);
  }

  private Hearing first(Beat beat, long nowMs) {
    int row = blank(cards.take(beat));
    return row < 0 ? Hearing.REFUSED : accept(row, beat, nowMs, Hearing.FIRST);
  }

  private void newLife(int row) {
    sequences.reset(row);
    rotation.reset(row);
    results.reset(row);
    work.reset(row);
  }

  private Hearing accept(int row, Beat beat, long nowMs, Hearing hearing) {
    learn(row, beat, nowMs);
    sequences.accept(row, beat.seq());
    rows.set(row, HotRows.HEARD_MS, nowMs);
    expected.clear(row);
    work.told(row, beat.workProgress(), nowMs);
    rows.cameBy(row, beat.place().partition());
    endings.clear(row);
    return hearing;
  }

  private void learn(int row, Beat beat, long nowMs) {
    news = cards.tell(row, beat, rows.declaredMs(row));
    if (news) {
      rows.declared(row, cards.at(row).intervalMs());
    }
    rotation.heard(row, beat);
    if (heardMs(row) >= 0 && !declares(row)) {
      intervals.gap(row, nowMs - heardMs(row));
    }
  }

  /**
   * The current life ended. Beats of it prove nothing any more, except those that it can only have
   * sent afterwards; an exit allows none, so {@code certain} shuts that door. Senders without
   * incarnations come back with two beats half an interval apart.
   */
  public void end(int row, boolean certain, long nowMs) {
    long interval = Math.max(1, intervalMs(row));
    long sentSince = heardMs(row) < 0 ? 0 : (nowMs - heardMs(row)) / interval;
    long lastSeq = certain ? Long.MAX_VALUE : sequences.newest(row) + sentSince + 2;
    endings.end(row, lastSeq);
  }

  /** A life that was never heard ended, too: only newer ones are listened to. */
  public void endLife(int row, long counter) {
    if (counter > life(row)) {
      cards.inLife(row, new Incarnation(counter, ""));
    }
    endings.end(row, Long.MAX_VALUE);
  }

  /** Its slots begin anew after {@code ms}: after a restart, or a return from a planned stop. */
  public void expectFrom(int row, long ms) {
    expected.from(row, ms);
  }

  public void forget(InstanceId id) {
    int row = row(id);
    if (row >= 0) {
      cards.forget(row);
    }
  }

  /** Whether the beat heard last told something new of a known sender, its life or its address. */
  public boolean toldNews() {
    return news;
  }

  /** What is known of the instance, with when it was last heard. */
  public KnownInstance known(int row) {
    return cards.at(row).known(intervalMs(row), heardMs(row));
  }

  public InstanceId id(int row) {
    return cards.at(row).id();
  }

  public SenderKind kind(int row) {
    return cards.at(row).kind();
  }

  public Incarnation incarnation(int row) {
    return cards.at(row).incarnation();
  }

  /** The counter of its life. */
  public long life(int row) {
    return cards.at(row).life();
  }

  public String host(int row) {
    return cards.at(row).host();
  }

  public String answerAt(int row) {
    return cards.at(row).answerAt();
  }

  /** Whether it told an address to be asked at. */
  public boolean answers(int row) {
    return cards.at(row).answers();
  }

  /** How many instances tell this host. */
  public int residents(String host) {
    return cards.residents(host);
  }

  /** Orders rows by the ids in them. */
  public int compareIds(int one, int other) {
    return Card.byId(cards.at(one), cards.at(other));
  }

  /** Grows whenever an id comes or goes. */
  public long namings() {
    return cards.namings();
  }

  /** Whether its interval is its own word, not learnt. */
  public boolean declares(int row) {
    return rows.declaredMs(row) > 0;
  }

  /** Engine time of the newest beat, −1 for never. */
  public long heardMs(int row) {
    return rows.get(row, HotRows.HEARD_MS);
  }

  /** The newest sequence number, −1 when none is told. */
  public long seq(int row) {
    return sequences.newest(row);
  }

  /** Where its newest beat was read, −1 by HTTP or never. */
  public int lastPartition(int row) {
    return rows.lastPartition(row);
  }

  /** How long its work counter stood by its newest beat, −1 when it tells none. */
  public long workStoodMs(int row) {
    return work.stoodMs(row, heardMs(row));
  }

  /** The interval in ms, declared or else learnt; 0 while neither, and silence means nothing. */
  public long intervalMs(int row) {
    long declared = rows.declaredMs(row);
    return declared > 0 ? declared : intervals.learntMs(row);
  }

  /** How late a healthy beat may be: jitter of sender, leader and reader together. */
  public long slackMs(int row) {
    return Math.max(500, intervalMs(row) / 4);
  }

  /** Engine time from which slots are counted: the last beat, or the moment it was expected. */
  public long silentFromMs(int row) {
    return Math.max(heardMs(row), expected.fromMs(row));
  }

  /** The partition of the {@code n}-th slot after the last beat, −1 while not known. */
  public int slotPartition(int row, int n) {
    return switch (kind(row)) {
      case AGENT -> heardMs(row) < 0 ? -1 : rotation.partitionOf(row, sequences.newest(row) + n);
      case FOREIGN_KEYED -> rotation.partitionOf(row, 0);
      case FOREIGN_KEYLESS -> -1;
    };
  }

  /** The first send result from {@code from} on that was not told before, −1; each counts once. */
  public int nextNew(int row, List<SendResult> told, int from) {
    return results.nextNew(row, told, from);
  }

  /** Begins a row that was just taken, if one was. */
  private int blank(int row) {
    if (row < 0) {
      return row;
    }
    if (row >= rows.rows()) {
      rows.grow(cards.rowsFor(row));
    }
    newLife(row);
    rows.set(row, HotRows.HEARD_MS, -1);
    rows.cameBy(row, -1);
    rows.declared(row, cards.at(row).intervalMs());
    expected.clear(row);
    endings.clear(row);
    intervals.reset(row);
    return row;
  }
}
