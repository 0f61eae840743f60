package holter.server.report;

import holter.diagnose.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers observations E1, E2 … in the order they are first cited; the rest follow by time. */
final class EvidenceList {
  private final Map<Observation, Integer> numbers = new LinkedHashMap<>();

  /** The observation's name in this record. */
  String cite(Observation observation) {
    return "E" + numbers.computeIfAbsent(observation, ignored -> numbers.size() + 1);
  }

  /** Adds what was not cited. */
  void addAll(List<Observation> observations) {
    observations.stream()
        .sorted(java.util.Comparator.comparingLong(Observation::atMs))
        .forEach(this::cite);
  }

  /** All, by number. */
  List<Observation> all() {
    return new ArrayList<>(numbers.keySet());
  }
}
