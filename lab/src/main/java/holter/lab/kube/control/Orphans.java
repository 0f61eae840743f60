package holter.lab.kube.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Deletion;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deletes what a Deployment or ReplicaSet made, once that is gone. */
final class Orphans {
  private static final Set<String> OWNERS = Set.of("ReplicaSet", "Deployment");

  private final ObjectStore store;

  Orphans(ObjectStore store) {
    this.store = store;
  }

  void look() {
    List<ObjectNode> owned = new ArrayList<>(store.peek(Kind.POD)); // before their owners, as
    owned.addAll(store.peek(Kind.REPLICA_SET)); // these are made first
    Set<String> there = new HashSet<>();
    for (Kind kind : List.of(Kind.DEPLOYMENT, Kind.REPLICA_SET)) {
      store.peek(kind).forEach(owner -> there.add(Json.uid(owner)));
    }
    for (ObjectNode object : owned) {
      var owner = Json.controller(object);
      if (OWNERS.contains(owner.path("kind").asText())
          && !there.contains(owner.path("uid").asText())
          && !Json.leaving(object)) {
        Kind kind = object.path("kind").asText().equals("Pod") ? Kind.POD : Kind.REPLICA_SET;
        store.delete(
            kind, Json.namespace(object), Json.name(object), Deletion.of(Json.uid(object)));
      }
    }
  }
}
