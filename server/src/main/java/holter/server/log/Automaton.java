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
  private final int firstEnd;

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
    int[] order = complete(states, ends);
    var number = new int[order.length];
    int numbered = 0;
    for (int state : order) {
      if (ends.get(state).isEmpty()) number[state] = numbered++;
    }
    firstEnd = numbered;
    for (int state : order) {
      if (!ends.get(state).isEmpty()) number[state] = numbered++;
    }
    next = new char[order.length * CLASSES];
    found = new int[order.length][];
    for (int state : order) {
      for (int at = 0; at < CLASSES; at++) {
        next[number[state] * CLASSES + at] = (char) number[states.get(state)[at]];
      }
      found[number[state]] = ends.get(state).stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private static int newState(List<int[]> states, List<List<Integer>> ends) {
    var state = new int[CLASSES];
    Arrays.fill(state, NONE);
    states.add(state);
    ends.add(new ArrayList<>());
    return states.size() - 1;
  }

  /**
   * Where a letter does not go on, the longest end that is a beginning goes on.
   *
   * @return the states, those near the beginning first: they are used most and lie together
   */
  private static int[] complete(List<int[]> states, List<List<Integer>> ends) {
    var fallback = new int[states.size()];
    var order = new int[states.size()];
    int reached = 0;
    var queue = new ArrayDeque<Integer>();
    queue.add(0);
    while (!queue.isEmpty()) {
      int state = queue.remove();
      order[reached++] = state;
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
    return order;
  }

  /** Sets the number of each literal that stands in the bytes. */
  void scan(byte[] bytes, int length, BitSet into) {
    int state = 0;
    for (int at = 0; at < length; at++) {
      int letter = bytes[at] - FIRST;
      if (letter >= 0 && letter < CLASSES) {
        state = next[state * CLASSES + letter];
        if (state >= firstEnd) {
          for (int which : found[state]) {
            into.set(which);
          }
        }
      } else if (bytes[at] < 0) {
        state = 0;
      }
    }
  }
}
