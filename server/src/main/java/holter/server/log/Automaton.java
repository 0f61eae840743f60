package holter.server.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many literals stand in bytes, in one pass over them and whatever their number
 * (Aho, Corasick 1975). White space and zero bytes are passed over: literals are found where lines
 * are wrapped, and in UTF-16. Immutable.
 */
final class Automaton {
  private static final int FIRST = 33;
  private static final int CLASSES = 127 - FIRST;
  private static final int NONE = -1;

  private final char[] next;
  private final int[][] found;

  /**
   * @param literals of printable ASCII without white space, none empty; fewer than 65,536 letters
   *     together
   */
  Automaton(List<String> literals) {
    var states = new ArrayList<int[]>();
    var ends = new ArrayList<List<Integer>>();
    newState(states, ends);
    for (int which = 0; which < literals.size(); which++) {
      int state = 0;
      for (char letter : literals.get(which).toCharArray()) {
        int at = letter - FIRST;
        if (states.get(state)[at] == NONE) {
          states.get(state)[at] = newState(states, ends);
        }
        state = states.get(state)[at];
      }
      ends.get(state).add(which);
    }
    complete(states, ends);
    next = new char[states.size() * CLASSES];
    found = new int[states.size()][];
    for (int state = 0; state < states.size(); state++) {
      for (int at = 0; at < CLASSES; at++) {
        next[state * CLASSES + at] = (char) states.get(state)[at];
      }
      found[state] = ends.get(state).stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private static int newState(List<int[]> states, List<List<Integer>> ends) {
    var state = new int[CLASSES];
    Arrays.fill(state, NONE);
    states.add(state);
    ends.add(new ArrayList<>());
    return states.size() - 1;
  }

  /** Where a letter does not go on, the longest end that is a beginning goes on. */
  private static void complete(List<int[]> states, List<List<Integer>> ends) {
    var fallback = new int[states.size()];
    var queue = new ArrayDeque<Integer>();
    queue.add(0);
    while (!queue.isEmpty()) {
      int state = queue.remove();
      ends.get(state).addAll(state == 0 ? List.of() : List.copyOf(ends.get(fallback[state])));
      for (int at = 0; at < CLASSES; at++) {
        int to = states.get(state)[at];
        int instead = state == 0 ? 0 : states.get(fallback[state])[at];
        if (to == NONE) {
          states.get(state)[at] = instead;
        } else {
          fallback[to] = instead;
          queue.add(to);
        }
      }
    }
  }

  /** Sets the number of each literal that stands in the bytes. */
  void scan(byte[] bytes, int length, BitSet into) {
    int state = 0;
    for (int at = 0; at < length; at++) {
      int letter = bytes[at] - FIRST;
      if (letter >= 0 && letter < CLASSES) {
        state = next[state * CLASSES + letter];
        int[] ends = found[state];
        for (int which = 0; which < ends.length; which++) {
          into.set(ends[which]);
        }
      } else if (bytes[at] < 0) {
        state = 0;
      }
    }
  }
}
