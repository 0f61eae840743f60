package holter.lab.bench.killed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of one plan that was carried out, and of its undoing if it was undone.
 *
 * @param kills where it was in its plan when it was killed
 * @param doubled writes beyond the one of each step
 * @param lost steps that were not written
 * @param undone whether it was taken back as well
 * @param broken what was not as it must be, one line each; empty when all was
 */
public record KilledTrial(
    long seed, List<Moment> kills, int doubled, int lost, boolean undone, List<String> broken) {
  /** Where in its plan a process was when it was killed. */
  public enum Moment {
    UNNOTED("before anything was noted"),
    BETWEEN("between two steps"),
    INTENDED("between intention and write"),
    WRITTEN("between write and note"),
    PROOF("during the proof"),
    AFTER("after the last note");

    private final String words;

    Moment(String words) {
      this.words = words;
    }

    /** In English. */
    public String words() {
      return words;
    }
  }

  public KilledTrial {
    kills = List.copyOf(kills);
    broken = List.copyOf(broken);
  }

  /** Both, as one of this one's seed. */
  KilledTrial and(KilledTrial back) {
    return new KilledTrial(
        seed,
        joined(kills, back.kills),
        doubled + back.doubled,
        lost + back.lost,
        undone || back.undone,
        joined(broken, back.broken));
  }

  private static <T> List<T> joined(List<T> one, List<T> two) {
    return Stream.concat(one.stream(), two.stream()).toList();
  }

  /**
   * How what was written differs from what should have been.
   *
   * @param doubled writes beyond the one of each step, those of no step too
   * @param lost steps without a write
   * @param order whether all is there once, and in another order
   */
  public record Count(int doubled, int lost, boolean order) {
    public static Count of(List<String> wanted, List<String> written) {
      var once = new HashSet<>(wanted);
      int doubled = 0;
      for (String write : written) {
        if (!once.remove(write)) doubled++;
      }
      boolean order = doubled == 0 && once.isEmpty() && !written.equals(wanted);
      return new Count(doubled, once.size(), order);
    }

    /** In one line each; none when nothing differs. */
    List<String> broken() {
      var broken = new ArrayList<String>();
      if (doubled > 0) broken.add(doubled + " steps were doubled");
      if (lost > 0) broken.add(lost + " steps were lost");
      if (order) broken.add("steps were written in another order");
      return broken;
    }
  }
}
