package holter.server.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists in pages, and bounded: each page is a call with the cluster's own deadline. */
final class Pages {
  private static final int PAGE = 500;
  private static final int PAGES_MAX = 10;

  /** More than so many are never read. */
  static final int MOST = PAGE * PAGES_MAX;

  private Pages() {}

  /**
   * What was read.
   *
   * @param cut there are more
   */
  record Listed<T>(List<T> items, boolean cut) {}

  /**
   * Reads a list.
   *
   * @param path of the collection, maybe with selectors
   * @throws KubernetesClientException when a page is refused, or is not answered in time
   */
  static <T extends HasMetadata, L extends KubernetesResourceList<T>> Listed<T> all(
      KubeCluster cluster, String path, Class<L> type) {
    var all = new ArrayList<T>();
    String next = "";
    for (int page = 0; page < PAGES_MAX; page++) {
      String mark = path.contains("?") ? "&" : "?";
      String more = next.isEmpty() ? "" : "&continue=" + encoded(next);
      L list =
          cluster
              .get(path + mark + "limit=" + PAGE + more, type)
              .orElseThrow(() -> new KubernetesClientException(path + " is not there"));
      all.addAll(list.getItems());
      next = list.getMetadata() == null ? "" : KubePods.text(list.getMetadata().getContinue());
      if (next.isEmpty()) {
        return new Listed<>(all, false);
      }
    }
    return new Listed<>(all, true);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
