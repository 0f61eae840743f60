package holter.cli.deploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * Who gets rights: a service account, or a user that the API server knows by another way.
 *
 * @param namespace of the service account; empty: a user
 */
record Account(String namespace, String name) {
  private static final Pattern DNS = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  /** A user's name, which is written into an expression. */
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9.:@_]*");

  /**
   * Reads {@code namespace:account} or a user's name.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Account of(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 2 && DNS.matcher(parts[0]).matches() && DNS.matcher(parts[1]).matches()) {
      return new Account(parts[0], parts[1]);
    }
    if (USER.matcher(text).matches() && parts.length == 1) return new Account("", text);
    throw new IllegalArgumentException(text + " is no account");
  }

  /** As requests carry it. */
  String user() {
    return namespace.isEmpty() ? name : "system:serviceaccount:" + namespace + ":" + name;
  }

  /** As a binding names it. */
  ObjectNode subject() {
    ObjectNode subject = JsonNodeFactory.instance.objectNode();
    if (namespace.isEmpty()) {
      return subject
          .put("kind", "User")
          .put("apiGroup", "rbac.authorization.k8s.io")
          .put("name", name);
    }
    return subject.put("kind", "ServiceAccount").put("name", name).put("namespace", namespace);
  }
}
