package holter.lab.score;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.cases.Expected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a claimed cause points at what the case is about. */
final class Pointing {
  private Pointing() {}

  /** The claim that answers an expectation best; empty when its cause was not claimed enough. */
  static Optional<Said.Cause> best(Expected.Named expected, Said said) {
    return said.causes().stream()
        .filter(c -> c.code() == expected.code())
        .filter(c -> c.confidence().compareTo(expected.atLeast()) <= 0)
        .filter(c -> expected.over() == null || c.over() == expected.over())
        .max(Comparator.comparingDouble(c -> share(expected, c)));
  }

  /** The share of the expected parts that are right; 1 when none is asked for. */
  static double share(Expected.Named expected, Said.Cause cause) {
    int asked = asked(expected);
    return asked == 0 ? 1 : (double) (asked - off(expected, cause).size()) / asked;
  }

  private static int asked(Expected.Named expected) {
    return (expected.broker() == null ? 0 : 1)
        + (expected.host().isEmpty() ? 0 : 1)
        + (expected.partitions().isEmpty() ? 0 : 1)
        + (expected.instances().isEmpty() ? 0 : 1)
        + expected.names().size();
  }

  /** Each part that is not as expected, in one line. */
  static List<String> off(Expected.Named expected, Said.Cause cause) {
    var off = new ArrayList<String>();
    var subject = cause.subject();
    var code = cause.code() + ": ";
    if (expected.broker() != null && subject.path("brokerId").asInt(-1) != expected.broker()) {
      off.add(code + "broker " + subject.path("brokerId") + " instead of " + expected.broker());
    }
    if (!expected.host().isEmpty() && !subject.path("host").asText().equals(expected.host())) {
      off.add(code + "host " + subject.path("host") + " instead of " + expected.host());
    }
    var partitions = numbers(subject.path("partitions"));
    if (!expected.partitions().isEmpty()
        && !partitions.equals(new HashSet<>(expected.partitions()))) {
      off.add(code + "partitions " + partitions + " instead of " + expected.partitions());
    }
    var instances = words(subject.path("instances"));
    if (!expected.instances().isEmpty() && !instances.equals(new HashSet<>(expected.instances()))) {
      off.add(code + "instances " + instances + " instead of " + expected.instances());
    }
    expected
        .names()
        .forEach(
            (what, name) -> {
              if (!named(subject, what.name(), name)) {
                off.add(code + what + " " + name + " is not named");
              }
            });
    return off;
  }

  /** A directory is named by its whole path or its last part. */
  private static boolean named(JsonNode subject, String what, String name) {
    for (var one : subject.path("names")) {
      var given = one.path("name").asText();
      if (one.path("what").asText().equals(what)
          && (given.equals(name) || given.endsWith("/" + name))) {
        return true;
      }
    }
    return false;
  }

  private static Set<Integer> numbers(JsonNode list) {
    var numbers = new HashSet<Integer>();
    list.forEach(one -> numbers.add(one.asInt()));
    return numbers;
  }

  private static Set<String> words(JsonNode list) {
    var words = new HashSet<String>();
    list.forEach(one -> words.add(one.asText()));
    return words;
  }
}
