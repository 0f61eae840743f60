package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the Kubernetes that the fleet runs on.
 *
 * @param kubeconfig a file as kubectl has it; empty: the service account of our own pod
 * @param context of that file; empty: its current one
 * @param namespace of the fleet and of the lease; empty: the context's, or our own pod's
 */
public record Kubernetes(String kubeconfig, String context, String namespace) {
  public Kubernetes {
    if (kubeconfig.isEmpty() && !context.isEmpty()) {
      throw new BadConfig(
          "kubernetes.context", "names a context of no file", "write kubernetes.kubeconfig too");
    }
    if (!namespace.isEmpty() && !namespace.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new BadConfig(
          "kubernetes.namespace", "is no namespace: \"" + namespace + "\"", "write its name");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Kubernetes of(
      @Nullable String kubeconfig, @Nullable String context, @Nullable String namespace) {
    return new Kubernetes(
        kubeconfig == null ? "" : kubeconfig,
        context == null ? "" : context,
        namespace == null ? "" : namespace);
  }
}
