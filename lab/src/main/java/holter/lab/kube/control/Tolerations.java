package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;

/** What a pod bears of a node's taints. */
final class Tolerations {
  private Tolerations() {}

  static boolean bears(JsonNode toleration, JsonNode taint) {
    String effect = toleration.path("effect").asText();
    String key = toleration.path("key").asText();
    boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
    return (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
        && (key.isEmpty() ? exists : key.equals(taint.path("key").asText()))
        && (exists || toleration.path("value").asText().equals(taint.path("value").asText()));
  }

  /** The first taint of one of the effects that the pod does not bear; missing when none. */
  static JsonNode unborne(JsonNode podSpec, JsonNode taints, java.util.Set<String> effects) {
    for (JsonNode taint : taints) {
      if (!effects.contains(taint.path("effect").asText())) continue;
      boolean borne = false;
      for (JsonNode toleration : podSpec.path("tolerations")) {
        borne |= bears(toleration, taint);
      }
      if (!borne) return taint;
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
