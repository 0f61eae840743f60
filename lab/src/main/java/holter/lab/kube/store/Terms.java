package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;
import java.util.function.BiPredicate;

/** Node selectors and node affinity: which nodes a pod may be put on, whatever is on them. */
public final class Terms {
  /** The hard half of an affinity. */
  public static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  /** The soft half. */
  public static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private Terms() {}

  /** Do selector and required affinity of a pod's spec let it onto the node? */
  public static boolean admits(JsonNode podSpec, JsonNode node) {
    JsonNode labels = node.path("metadata").path("labels");
    for (var wanted : podSpec.path("nodeSelector").properties()) {
      if (!labels.path(wanted.getKey()).asText("\0").equals(wanted.getValue().asText())) {
        return false;
      }
    }
    JsonNode required = podSpec.at("/affinity/nodeAffinity/" + REQUIRED);
    if (required.isMissingNode()) {
      return true;
    }
    for (JsonNode term : required.path("nodeSelectorTerms")) {
      if (matches(term, node)) return true; // terms are alternatives
    }
    return false;
  }

  /** Does the node fulfil one term? A term that asks nothing is fulfilled by none. */
  public static boolean matches(JsonNode term, JsonNode node) {
    JsonNode labels = node.path("metadata").path("labels");
    JsonNode fields = JsonNodeFactory.instance.objectNode().put("metadata.name", Json.name(node));
    return (!term.path("matchExpressions").isEmpty() || !term.path("matchFields").isEmpty())
        && all(term.path("matchExpressions"), labels)
        && all(term.path("matchFields"), fields);
  }

  static boolean all(JsonNode requirements, JsonNode labels) {
    for (JsonNode each : requirements) {
      if (!holds(each, labels)) return false;
    }
    return true;
  }

  private static boolean holds(JsonNode requirement, JsonNode labels) {
    String key = requirement.path("key").asText();
    Set<String> values = new java.util.HashSet<>();
    requirement.path("values").forEach(value -> values.add(value.asText()));
    boolean there = labels.has(key);
    String is = labels.path(key).asText();
    return switch (requirement.path("operator").asText()) {
      case "In" -> there && values.contains(is);
      case "NotIn" -> !there || !values.contains(is);
      case "Exists" -> there;
      case "DoesNotExist" -> !there;
      case "Gt" -> there && compared(is, values, (a, b) -> a > b);
      case "Lt" -> there && compared(is, values, (a, b) -> a < b);
      default -> throw Refusal.bad("no such operator: " + requirement.path("operator").asText());
    };
  }

  private static boolean compared(String is, Set<String> values, BiPredicate<Long, Long> how) {
    try {
      return values.size() == 1
          && how.test(Long.parseLong(is), Long.parseLong(values.iterator().next()));
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }
}
