package holter.lab.kube;

import holter.lab.kube.store.EventForms;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.Refusal;
import java.util.List;

/**
 * What a path names.
 *
 * @param namespace empty: all
 * @param name empty: the collection
 * @param part of the object, as {@code status}; empty: the whole
 * @param young an event in its new form
 */
record Target(Kind kind, String namespace, String name, String part, boolean young) {
  static Target of(String path) {
    List<String> words = List.of(path.substring(1).split("/", -1));
    boolean core = words.getFirst().equals("api");
    int version = core ? 1 : 2;
    if (words.size() <= version + 1 || !words.get(version).equals("v1")) {
      throw Refusal.noSuchPath();
    }
    String group = core ? "" : words.get(1);
    List<String> rest = words.subList(version + 1, words.size());
    String namespace = "";
    if (rest.getFirst().equals("namespaces") && rest.size() > 2 && !rest.get(2).equals("status")) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    boolean young = EventForms.NEW.startsWith(group + "/") && !core;
    String name = rest.size() > 1 ? rest.get(1) : "";
    String part = String.join("/", rest.subList(Math.min(2, rest.size()), rest.size()));
    for (Kind kind : Kind.values()) {
      if (kind.plural().equals(rest.getFirst())
          && (kind.namespaced() || namespace.isEmpty())
          && (young ? kind == Kind.EVENT : kind.group().equals(group))) {
        return new Target(kind, namespace, name, part, young);
      }
    }
    throw Refusal.noSuchPath();
  }

  /** The group that rights are given for. */
  String group() {
    return young ? "events.k8s.io" : kind.group();
  }

  String apiVersion() {
    return young ? EventForms.NEW : kind.apiVersion();
  }
}
