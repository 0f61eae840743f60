package holter.server.kube;

import holter.remedy.Sight;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * One act on Kubernetes while it is being done: looked at as often as one likes, written at most
 * once. What is written holds only for the object that was seen last. Not thread-safe.
 */
interface Deed {
  /**
   * What was seen.
   *
   * @param toWrite it waits for us; otherwise, when it is not done, for the cluster
   */
  record Seen(Sight sight, boolean toWrite, String why) {
    static Seen after(String note) {
      return new Seen(Sight.AFTER, false, note);
    }

    static Seen other(String why) {
      return new Seen(Sight.OTHER, false, why);
    }

    static Seen toDo() {
      return new Seen(Sight.BEFORE, true, "");
    }

    static Seen onItsWay(String why) {
      return new Seen(Sight.BEFORE, false, why);
    }
  }

  /**
   * Looks.
   *
   * @throws KubernetesClientException when there is no answer, or none that tells
   */
  Seen see();

  /**
   * Writes the change of what was seen last.
   *
   * @param dryRun everything is checked, nothing is changed
   * @throws KubernetesClientException when there is no answer
   */
  KubeCluster.Answer write(boolean dryRun);

  /** Where a write goes, with who does it. */
  static String query(boolean dryRun) {
    return "?fieldManager=holter" + (dryRun ? "&dryRun=All" : "");
  }
}
