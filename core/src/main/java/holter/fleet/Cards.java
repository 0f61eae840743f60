package holter.fleet;

import java.util.Arrays;

/**
 * Which rows are taken, by whom, and how to find them. Rows are reused after {@link #forget}. Not
 * thread-safe.
 */
final class Cards {
  private final int rowsMax;
  private final Index index = new Index();
  private final Hosts hosts = new Hosts();
  private final Familiar familiar = new Familiar();
  private Card[] cards = new Card[0];
  private int[] free = new int[0];
  private int freeCount;
  private int used;
  private long namings;

  Cards(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  /** The row of an instance, −1 when it has none. */
  int row(InstanceId id) {
    int hash = id.hashCode();
    for (int at = index.first(hash); at >= 0; at = index.next(hash, at)) {
      if (cards[index.row(at)].names(id)) {
        return index.row(at);
      }
    }
    return -1;
  }

  /** The row of a beat's sender, −1 when it has none. */
  int row(Beat.Sender sender) {
    int hash = sender.id().hashCode();
    for (int at = index.first(hash); at >= 0; at = index.next(hash, at)) {
      int row = index.row(at);
      if (familiar.sent(row, sender) || cards[row].names(sender.id())) {
        return row;
      }
    }
    return -1;
  }

  /** Whether the row's newest beat was of this very sender object, and so of the same life. */
  boolean familiar(int row, Beat.Sender sender) {
    return familiar.sent(row, sender);
  }

  Card at(int row) {
    return cards[row];
  }

  /** A row for the sender of a beat, −1 when all are taken. */
  int take(Beat beat) {
    return full() ? -1 : take(beat.from().id(), Card.of(beat, hosts.enter(beat.host())));
  }

  /** A row for an expected instance, −1 when all are taken. */
  int take(KnownInstance known) {
    return full() ? -1 : take(known.id(), Card.of(known, hosts.enter(known.host())));
  }

  private boolean full() {
    return freeCount == 0 && used == rowsMax;
  }

  private int take(InstanceId id, Card card) {
    int row = freeCount > 0 ? free[--freeCount] : used++;
    if (row >= cards.length) {
      cards = Arrays.copyOf(cards, rowsFor(row));
    }
    cards[row] = card;
    namings++;
    index.add(id.hashCode(), row);
    return row;
  }

  /** How many rows to make room for when this one is needed: half as many again. */
  int rowsFor(int row) {
    return Math.min(rowsMax, Math.max(64, row + row / 2));
  }

  /**
   * Reads what a beat tells of its sender, and says whether it is news.
   *
   * @param declaredMs the interval that the row's card tells
   */
  boolean tell(int row, Beat beat, int declaredMs) {
    if (familiar.described(row, beat) && beat.intervalMs() == declaredMs) {
      return false;
    }
    familiar.meet(row, beat);
    if (cards[row].describes(beat)) {
      return false;
    }
    hosts.leave(cards[row].host());
    cards[row] = Card.of(beat, hosts.enter(beat.host()));
    return true;
  }

  void inLife(int row, Incarnation life) {
    familiar.forget(row);
    cards[row] = cards[row].inLife(life);
  }

  void forget(int row) {
    namings++;
    index.remove(cards[row].id().hashCode(), row);
    familiar.forget(row);
    hosts.leave(cards[row].host());
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(16, 2 * freeCount));
    }
    free[freeCount++] = row;
  }

  /** Grows whenever an id comes or goes. */
  long namings() {
    return namings;
  }

  int residents(String host) {
    return hosts.residents(host);
  }
}
