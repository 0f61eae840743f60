package holter.server.log;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of wordings, and the one pass over an entry that finds which of them it may hold. Rows
 * of a sign stand from the one that names most to the one that names least. Signs of orchestrators
 * stand in {@link RestartLines}: those write as they please.
 */
final class Wordings {
  static final List<Wording> ALL =
      Stream.of(
              BrokerWordings.PROCESS,
              BrokerWordings.SESSION,
              BrokerWordings.DISK,
              ControlWordings.ALL,
              ClientWordings.SENDERS,
              ClientWordings.CONNECTIONS,
              ReaderWordings.ALL,
              ClientWordings.RIGHTS)
          .flatMap(List::stream)
          .toList();

  private static final int ACCUSATIONS = ALL.size();
  private static final int MARKS = ACCUSATIONS + Accusation.ANCHORS.size();
  private static final Automaton AUTOMATON = automaton();

  private Wordings() {}

  private static Automaton automaton() {
    var literals = new ArrayList<String>();
    ALL.forEach(wording -> literals.add(wording.anchor()));
    literals.addAll(Accusation.ANCHORS);
    Marks.ALL.forEach(mark -> literals.add(mark.anchor()));
    return new Automaton(literals);
  }

  /** Which rows' anchors stand in an entry; beyond the rows, what accuses others, and marks. */
  static BitSet anchorsIn(LogEntry entry) {
    var hits = new BitSet();
    AUTOMATON.scan(entry.bytes(), entry.bytes().length, hits);
    return hits;
  }

  static boolean anySign(BitSet hits) {
    int first = hits.nextSetBit(0);
    return first >= 0 && first < ACCUSATIONS;
  }

  static boolean anyAccusation(BitSet hits) {
    int first = hits.nextSetBit(ACCUSATIONS);
    return first >= 0 && first < MARKS;
  }

  /** The number of a mark among the hits. */
  static int mark(int mark) {
    return MARKS + mark;
  }

  /** The first row of {@link Marks#ALL} that an entry may hold; −1 for none. */
  static int firstMark(BitSet hits) {
    int first = hits.nextSetBit(MARKS);
    return first < 0 ? -1 : first - MARKS;
  }
}
