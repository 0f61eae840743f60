package holter.fleet;

import java.util.Arrays;
import java.util.List;

/**
 * Who was heard when: one row per instance in primitive columns, so that a beat costs no
 * allocation. Order is (incarnation, seq), never a clock; beats of a replaced or ended life are
 * counted and prove nothing. Soft state: a restart knows only the roster, until beats come.
 *
 * <p>Not thread-safe; the engine's loop owns it. Rows are reused after {@link #forget}.
 */
public final class BeatTable {
  /** More instances than this are refused: a flood of invented ids must not fill the memory. */
  public static final int INSTANCES_MAX = 1_000_000;

  /** A life's counter may jump by this much: a lost disk restarts from epoch seconds. */
  private static final long LIFE_JUMP_MAX = 1L << 33;

  private final Cards cards = new Cards(INSTANCES_MAX);
  private final Rotation rotation = new Rotation();
  private final Results results = new Results();
  private final Endings endings = new Endings();
  private final Intervals intervals = new Intervals();
  private final Sequences sequences = new Sequences();
  private final WorkCounters work = new WorkCounters();
  private long[] heardMs = new long[0];
  private long[] expectFromMs = new long[0];
  private int[] lastPartition = new int[0];
  private boolean news;

  /** The number of partitions that agents rotate over. */
  public void partitions(int count) {
    rotation.partitions(count);
  }

  /** The row of an instance, −1 when unknown. */
  public int row(InstanceId id) {
    return cards.row(id);
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
      this.expectFromMs[row] = expectFromMs;
    }
    return row;
  }

  /** Reads one beat at {@code nowMs}; {@code row} is its sender's, −1 while it has none. */
  public Hearing hear(int row, Beat beat, long nowMs) {
    var life = beat.from().incarnation();
    if (row < 0) {
      boolean sane = life.counter() >= 0 && life.counter() < LIFE_JUMP_MAX;
      return sane ? first(beat, nowMs) : Hearing.REFUSED;
    }
    long lives = life.counter() - cards.at(row).life();
    if (life.counter() < cards.at(row).life()) {
      return Hearing.OLD_LIFE;
    }
    if (lives != 0) {
      boolean absurd = lives > LIFE_JUMP_MAX;
      return absurd ? Hearing.REFUSED : begin(row, beat, nowMs);
    }
    if (beat.seq() >= 0 && beat.seq() <= sequences.newest(row)) {
      return Hearing.LATE;
    }
    if (heardMs[row] >= 0 && beat.seq() >= 0 && !believable(row, beat.seq(), nowMs)) {
      return Hearing.REFUSED;
    }
    if (endings.ended(row, life.counter())
        && !endings.contradicted(row, beat.seq(), nowMs, intervalMs(row) / 2)) {
      return Hearing.LATE;
    }
    return accept(row, beat, nowMs, heardMs[row] < 0 ? Hearing.FIRST : Hearing.FRESH);
  }

  private Hearing first(Beat beat, long nowMs) {
    int row = blank(cards.take(beat));
    return row < 0 ? Hearing.REFUSED : accept(row, beat, nowMs, Hearing.FIRST);
  }

  private Hearing begin(int row, Beat beat, long nowMs) {
    sequences.reset(row);
    rotation.reset(row);
    results.reset(row);
    work.reset(row);
    return accept(row, beat, nowMs, Hearing.REBORN);
  }

  private Hearing accept(int row, Beat beat, long nowMs, Hearing hearing) {
    learn(row, beat, nowMs);
    sequences.accept(row, beat.seq());
    heardMs[row] = nowMs;
    expectFromMs[row] = -1;
    work.told(row, beat.workProgress(), nowMs);
    lastPartition[row] = beat.place().partition();
    endings.clear(row);
    return hearing;
  }

  private void learn(int row, Beat beat, long nowMs) {
    news = cards.tell(row, beat);
    if (beat.from().kind() == SenderKind.AGENT) {
      rotation.rotated(row, beat.seq(), beat.place().partition());
    } else if (beat.from().kind() == SenderKind.FOREIGN_KEYED) {
      rotation.stayed(row, beat.place().partition());
    }
    if (heardMs[row] >= 0 && cards.at(row).intervalMs() <= 0) {
      intervals.gap(row, nowMs - heardMs[row]);
    }
  }

  private boolean believable(int row, long next, long nowMs) {
    return sequences.believable(row, next, (nowMs - heardMs[row]) / Math.max(1, intervalMs(row)));
  }

  /**
   * The current life ended. Beats of it prove nothing any more, except those that it can only have
   * sent afterwards; an exit allows none, so {@code certain} shuts that door. Senders without
   * incarnations come back with two beats half an interval apart.
   */
  public void end(int row, boolean certain, long nowMs) {
    long interval = Math.max(1, intervalMs(row));
    long sentSince = heardMs[row] < 0 ? 0 : (nowMs - heardMs[row]) / interval;
    long lastSeq = certain ? Long.MAX_VALUE : sequences.newest(row) + sentSince + 2;
    endings.end(row, cards.at(row).life(), lastSeq);
  }

  /** A life that was never heard ended, too: only newer ones are listened to. */
  public void endLife(int row, long counter) {
    if (counter > cards.at(row).life()) {
      cards.inLife(row, new Incarnation(counter, ""));
    }
    endings.end(row, cards.at(row).life(), Long.MAX_VALUE);
  }

  /** Its slots begin anew after {@code ms}: after a restart, or a return from a planned stop. */
  public void expectFrom(int row, long ms) {
    expectFromMs[row] = ms;
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
    var c = cards.at(row);
    return new KnownInstance(
        c.id(), c.incarnation(), c.kind(), intervalMs(row), c.answerAt(), c.host(), heardMs[row]);
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
    return cards.at(row).intervalMs() > 0;
  }

  /** Engine time of the newest beat, −1 for never. */
  public long heardMs(int row) {
    return heardMs[row];
  }

  /** The newest sequence number, −1 when none is told. */
  public long seq(int row) {
    return sequences.newest(row);
  }

  /** Where its newest beat was read, −1 by HTTP or never. */
  public int lastPartition(int row) {
    return lastPartition[row];
  }

  /** How long its work counter stood by its newest beat, −1 when it tells none. */
  public long workStoodMs(int row) {
    return work.stoodMs(row, heardMs[row]);
  }

  /** The interval in ms, declared or else learnt; 0 while neither, and silence means nothing. */
  public long intervalMs(int row) {
    long declared = cards.at(row).intervalMs();
    return declared > 0 ? declared : intervals.learntMs(row);
  }

  /** How late a healthy beat may be: jitter of sender, leader and reader together. */
  public long slackMs(int row) {
    return Math.max(500, intervalMs(row) / 4);
  }

  /** Engine time from which slots are counted: the last beat, or the moment it was expected. */
  public long silentFromMs(int row) {
    return Math.max(heardMs[row], expectFromMs[row]);
  }

  /** The partition of the {@code n}-th slot after the last beat, −1 while not known. */
  public int slotPartition(int row, int n) {
    return switch (kind(row)) {
      case AGENT -> heardMs[row] < 0 ? -1 : rotation.partitionOf(row, sequences.newest(row) + n);
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
    if (row >= heardMs.length) {
      grow(cards.rowsFor(row));
    }
    sequences.reset(row);
    heardMs[row] = -1;
    expectFromMs[row] = -1;
    lastPartition[row] = -1;
    rotation.reset(row);
    results.reset(row);
    endings.clear(row);
    intervals.reset(row);
    work.reset(row);
    return row;
  }

  private void grow(int size) {
    sequences.grow(size);
    heardMs = Arrays.copyOf(heardMs, size);
    expectFromMs = Arrays.copyOf(expectFromMs, size);
    lastPartition = Arrays.copyOf(lastPartition, size);
    rotation.grow(size);
    results.grow(size);
    work.grow(size);
  }
}
