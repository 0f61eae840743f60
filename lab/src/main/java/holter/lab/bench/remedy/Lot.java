package holter.lab.bench.remedy;

import java.util.Arrays;
import java.util.List;

/**
 * One way that things may have turned out.
 *
 * @param counts pods of each kind on each node
 * @param leaving the same of pods that still hold their place
 * @param loads of each node's network
 * @param landed new pods of the rollout under way, by node
 */
record Lot(List<Integer> counts, List<Integer> leaving, List<Double> loads, List<Integer> landed) {
  static List<Integer> zeros(int many) {
    return java.util.Collections.nCopies(many, 0);
  }

  static <T> List<T> with(List<T> list, int at, T value) {
    var copy = new java.util.ArrayList<>(list);
    copy.set(at, value);
    return List.copyOf(copy);
  }

  static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(i -> i).toArray();
  }

  Lot count(int at, int by) {
    return new Lot(with(counts, at, counts.get(at) + by), leaving, loads, landed);
  }

  Lot leaves(int at) {
    return new Lot(
        with(counts, at, counts.get(at) - 1),
        with(leaving, at, leaving.get(at) + 1),
        loads,
        landed);
  }

  Lot gone() {
    return new Lot(counts, zeros(leaving.size()), loads, landed);
  }

  Lot load(int node, double by) {
    return new Lot(counts, leaving, with(loads, node, loads.get(node) + by), landed);
  }

  Lot land(int node) {
    return new Lot(counts, leaving, loads, with(landed, node, landed.get(node) + 1));
  }

  Lot fresh() {
    return new Lot(counts, leaving, loads, zeros(loads.size()));
  }

  double peak() {
    return loads.stream().mapToDouble(load -> load / RemedyCase.NIC).max().orElse(0);
  }

  /** Of two that are the same, one is enough. */
  String key() {
    return counts + " " + Arrays.toString(loads.stream().mapToLong(Lot::grain).toArray()) + landed;
  }

  private static long grain(double load) {
    return Math.round(load * 1e6);
  }
}
