package holter.lab.kube;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.EventForms;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the server says of itself, which {@code kubectl} asks first: version, groups, resources. */
final class Discovery {
  /** Whose behaviour is simulated. */
  private static final int MINOR = 36;

  private static final List<String> VERBS =
      List.of("create", "delete", "get", "list", "patch", "update", "watch");

  private static final Map<Kind, String> SHORT =
      Map.of(
          Kind.POD, "po",
          Kind.NODE, "no",
          Kind.NAMESPACE, "ns",
          Kind.CONFIG_MAP, "cm",
          Kind.EVENT, "ev",
          Kind.DEPLOYMENT, "deploy",
          Kind.REPLICA_SET, "rs",
          Kind.STATEFUL_SET, "sts",
          Kind.DAEMON_SET, "ds",
          Kind.BUDGET, "pdb");

  private Discovery() {}

  /** The answer; null when the path asks for something else. */
  static @Nullable ObjectNode answer(String path) {
    return switch (path) {
      case "/version" -> version();
      case "/api" -> {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        yield versions;
      }
      case "/apis" -> groups();
      case "/api/v1" -> resources("v1");
      default -> {
        String named = path.startsWith("/apis/") ? path.substring(6) : "";
        yield versions().contains(named) ? resources(named) : null;
      }
    };
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", Integer.toString(MINOR))
        .put("gitVersion", "v1." + MINOR + ".0-holter-simulator")
        .put("platform", "linux/amd64");
  }

  private static Set<String> versions() {
    var versions = new TreeSet<String>();
    for (Kind kind : Kind.values()) {
      if (!kind.group().isEmpty()) versions.add(kind.apiVersion());
    }
    versions.add(EventForms.NEW);
    return versions;
  }

  private static ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    for (String each : versions()) {
      ObjectNode version = Json.object().put("groupVersion", each).put("version", "v1");
      ObjectNode group = groups.addObject().put("name", each.replaceFirst("/.*", ""));
      group.putArray("versions").add(version);
      group.set("preferredVersion", version);
    }
    return list;
  }

  private static ObjectNode resources(String version) {
    ObjectNode list =
        Json.object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", version);
    ArrayNode all = list.putArray("resources");
    Arrays.stream(Kind.values())
        .filter(
            kind ->
                kind.apiVersion().equals(version)
                    || (kind == Kind.EVENT && version.equals(EventForms.NEW)))
        .forEach(kind -> resource(all, kind));
    return list;
  }

  private static void resource(ArrayNode all, Kind kind) {
    ObjectNode whole = add(all, kind, "", kind.word(), VERBS);
    String shortly = SHORT.get(kind);
    if (shortly != null) whole.putArray("shortNames").add(shortly);
    if (kind.hasStatus()) {
      add(all, kind, "/status", kind.word(), List.of("get", "patch", "update"));
    }
    if (kind == Kind.POD) {
      ObjectNode eviction = add(all, kind, "/eviction", "Eviction", List.of("create"));
      eviction.put("group", "policy").put("version", "v1");
    }
  }

  private static ObjectNode add(
      ArrayNode all, Kind kind, String part, String word, List<String> verbs) {
    ObjectNode resource =
        all.addObject()
            .put("name", kind.plural() + part)
            .put(
                "singularName",
                part.isEmpty() ? kind.word().toLowerCase(java.util.Locale.ROOT) : "")
            .put("namespaced", kind.namespaced())
            .put("kind", word);
    ArrayNode may = resource.putArray("verbs");
    verbs.forEach(may::add);
    return resource;
  }
}
