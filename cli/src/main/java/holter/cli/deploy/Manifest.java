package holter.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.server.kube.RemedyLease;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects of a {@link Part}, made to fit a cluster. */
final class Manifest {
  /** Names that the files have and a cluster has not. */
  private static final String OWN_NAMESPACE = "holter";

  private static final String WORKERS = "workers";
  private static final Set<String> BINDINGS = Set.of("RoleBinding", "ClusterRoleBinding");

  private static final ObjectMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .build());

  private Manifest() {}

  /**
   * What to fit them to.
   *
   * @param account who gets the rights
   * @param namespace of the Lease
   * @param workers the namespace of the workers
   * @param lease the name of the Lease
   * @param nodes that may be uncordoned
   * @param deployments that may be unpinned
   */
  record Fit(
      Account account,
      String namespace,
      String workers,
      String lease,
      List<String> nodes,
      List<String> deployments) {}

  /** Reads the file of a part and fits it. */
  static List<ObjectNode> of(Part part, Fit fit) {
    List<ObjectNode> fitted = new ArrayList<>();
    for (ObjectNode each : read(part)) {
      place(each, fit);
      if (BINDINGS.contains(each.path("kind").asText())) {
        each.putArray("subjects").add(fit.account().subject());
      }
      name(each, fit);
      guard(each, fit.account());
      if (!each.has("rules") || !each.path("rules").isEmpty()) fitted.add(each);
    }
    return withoutOrphans(fitted);
  }

  static List<ObjectNode> read(Part part) {
    String name = "/holter/deploy/kubernetes/" + part.word() + ".yaml";
    try (InputStream in = Manifest.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("no resource " + name);
      try (MappingIterator<ObjectNode> all = YAML.readerFor(ObjectNode.class).readValues(in)) {
        return all.readAll();
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  /** As {@code kubectl apply -f -} takes them. */
  static String text(List<ObjectNode> objects) {
    return objects.stream().map(Manifest::text).collect(Collectors.joining("---\n"));
  }

  private static String text(ObjectNode object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (IOException impossible) {
      throw new IllegalStateException("an object that is no YAML", impossible);
    }
  }

  private static void place(ObjectNode object, Fit fit) {
    ObjectNode meta = object.withObjectProperty("metadata");
    String at = meta.path("namespace").asText();
    Map<String, String> places = Map.of(OWN_NAMESPACE, fit.namespace(), WORKERS, fit.workers());
    if (places.containsKey(at)) meta.put("namespace", places.get(at));
  }

  /** Puts the cluster's names into the rules; a rule that has none left would hold for all. */
  private static void name(ObjectNode object, Fit fit) {
    if (!(object.path("rules") instanceof ArrayNode rules)) return;
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (!(rules.get(i) instanceof ObjectNode rule) || !rule.has("resourceNames")) continue;
      List<String> names = names(rule, fit);
      if (names.isEmpty()) {
        rules.remove(i);
      } else {
        ArrayNode named = rule.putArray("resourceNames");
        names.forEach(named::add);
      }
    }
  }

  private static List<String> names(JsonNode rule, Fit fit) {
    String resource = rule.path("resources").path(0).asText();
    return switch (resource) {
      case "leases" -> leases(rule, fit);
      case "nodes" -> fit.nodes();
      case "deployments" -> fit.deployments();
      default -> throw new IllegalStateException("no names are known for " + resource);
    };
  }

  /** That of a plan under way is called the same everywhere. */
  private static List<String> leases(JsonNode rule, Fit fit) {
    boolean ofPlans = rule.path("resourceNames").path(0).asText().equals(RemedyLease.NAME);
    return ofPlans ? List.of(RemedyLease.NAME) : List.of(fit.lease(), fit.lease() + "-runner");
  }

  private static void guard(ObjectNode object, Account account) {
    for (JsonNode condition : object.path("spec").path("matchConditions")) {
      if (condition instanceof ObjectNode own) {
        own.put("expression", "request.userInfo.username == '" + account.user() + "'");
      }
    }
  }

  /** A binding to a role that was left out would be an error later. */
  private static List<ObjectNode> withoutOrphans(List<ObjectNode> objects) {
    Set<String> roles =
        objects.stream()
            .filter(each -> each.has("rules"))
            .map(each -> each.path("kind").asText() + "/" + each.at("/metadata/name").asText())
            .collect(Collectors.toSet());
    return objects.stream()
        .filter(
            each ->
                !BINDINGS.contains(each.path("kind").asText())
                    || roles.contains(
                        each.at("/roleRef/kind").asText()
                            + "/"
                            + each.at("/roleRef/name").asText()))
        .toList();
  }
}
