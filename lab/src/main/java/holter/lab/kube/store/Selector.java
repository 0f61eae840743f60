package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors, in Kubernetes' own spelling. */
public final class Selector {
  private static final Pattern SET =
      Pattern.compile("([^\\s!=,()]+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
  private static final Pattern EQUAL =
      Pattern.compile("([^\\s!=,()]+)\\s*(=|==|!=)\\s*([^\\s=,()]*)");
  private static final Pattern THERE = Pattern.compile("(!?)\\s*([^\\s!=,()]+)");
  private static final Pattern OUTER_COMMA = Pattern.compile(",(?![^(]*\\))");
  private static final List<String> FIELDS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "spec.nodeName",
          "status.phase",
          "involvedObject.kind",
          "involvedObject.name",
          "involvedObject.namespace",
          "involvedObject.uid",
          "reportingComponent",
          "reason",
          "type");

  private Selector() {}

  /** Matches labels; empty text matches all. */
  public static Predicate<JsonNode> labels(String text) {
    List<Predicate<JsonNode>> all = new ArrayList<>();
    for (String part : parts(text)) {
      all.add(label(part));
    }
    return object ->
        all.stream().allMatch(each -> each.test(object.path("metadata").path("labels")));
  }

  private static List<String> parts(String text) {
    return text.isBlank() ? List.of() : List.of(OUTER_COMMA.split(text.strip(), -1));
  }

  private static Predicate<JsonNode> label(String given) {
    String part = given.strip();
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      List<String> values = List.of(set.group(3).strip().split("\\s*,\\s*", -1));
      String name = set.group(1);
      boolean in = set.group(2).equals("in");
      return labels -> in == (labels.has(name) && values.contains(labels.path(name).asText()));
    }
    Matcher equal = EQUAL.matcher(part);
    if (equal.matches()) {
      String name = equal.group(1);
      String value = equal.group(3);
      boolean not = equal.group(2).equals("!=");
      return labels -> not != (labels.has(name) && labels.path(name).asText().equals(value));
    }
    Matcher there = THERE.matcher(part);
    if (there.matches()) {
      boolean not = there.group(1).equals("!");
      String name = there.group(2);
      return labels -> not != labels.has(name);
    }
    throw Refusal.bad("unable to parse requirement: " + part);
  }

  /** Matches objects whose labels a LabelSelector selects; an empty one matches all. */
  public static Predicate<JsonNode> matching(JsonNode selector) {
    return object -> {
      JsonNode labels = object.path("metadata").path("labels");
      for (var wanted : selector.path("matchLabels").properties()) {
        if (!labels.path(wanted.getKey()).asText("\0").equals(wanted.getValue().asText())) {
          return false;
        }
      }
      return Terms.all(selector.path("matchExpressions"), labels);
    };
  }

  /** Matches fields; empty text matches all. */
  public static Predicate<JsonNode> fields(String text) {
    List<Predicate<JsonNode>> all = new ArrayList<>();
    for (String part : parts(text)) {
      Matcher equal = EQUAL.matcher(part.strip());
      if (!equal.matches() || !FIELDS.contains(equal.group(1))) {
        throw Refusal.bad("field label not supported: " + part);
      }
      String pointer = "/" + equal.group(1).replace('.', '/');
      String value = equal.group(3);
      boolean not = equal.group(2).equals("!=");
      all.add(object -> not != object.at(pointer).asText().equals(value));
    }
    return object -> all.stream().allMatch(each -> each.test(object));
  }
}
