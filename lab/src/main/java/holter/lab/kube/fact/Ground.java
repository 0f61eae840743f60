package holter.lab.kube.fact;

import holter.lab.kube.control.Pace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that facts are tried on.
 *
 * @param pace of its controllers, and of the kubelets that are brought along
 * @param nodes may nodes be made there?
 * @param roles clients of other identities, by user
 * @param freezer null when the API server cannot be frozen
 */
record Ground(
    KubernetesClient client,
    String namespace,
    Pace pace,
    boolean nodes,
    Map<String, KubernetesClient> roles,
    @Nullable Freezer freezer)
    implements AutoCloseable {
  /** Stops an API server from answering. */
  interface Freezer {
    void freeze();

    void thaw();
  }

  /** What it has, as far as is known before anybody asks. */
  Set<Fact.Need> has() {
    Set<Fact.Need> has = EnumSet.noneOf(Fact.Need.class);
    if (nodes) has.add(Fact.Need.NODES);
    if (nodes && client.nodes().list().getItems().isEmpty()) has.add(Fact.Need.ALONE);
    if (roles.containsKey("holter-diagnose") && roles.containsKey("holter-remedy")) {
      has.add(Fact.Need.ROLES);
    }
    if (freezer != null) has.add(Fact.Need.FREEZE);
    return has;
  }

  @Override
  public void close() {
    roles.values().forEach(KubernetesClient::close);
    client.close();
  }
}
