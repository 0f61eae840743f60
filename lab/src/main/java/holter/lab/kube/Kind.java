package holter.lab.kube;

/** A kind of object that the simulator keeps. */
enum Kind {
  POD("", "v1", "pods", "Pod", true),
  NODE("", "v1", "nodes", "Node", false),
  EVENT("", "v1", "events", "Event", true),
  LEASE("coordination.k8s.io", "v1", "leases", "Lease", true);

  private final String group;
  private final String version;
  private final String plural;
  private final String word;
  private final boolean namespaced;

  Kind(String group, String version, String plural, String word, boolean namespaced) {
    this.group = group;
    this.version = version;
    this.plural = plural;
    this.word = word;
    this.namespaced = namespaced;
  }

  String group() {
    return group;
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String plural() {
    return plural;
  }

  String word() {
    return word;
  }

  boolean namespaced() {
    return namespaced;
  }

  /** The path of its collection begins with this. */
  String root() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + apiVersion();
  }

  /** As refusals name it: {@code leases.coordination.k8s.io}. */
  String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
