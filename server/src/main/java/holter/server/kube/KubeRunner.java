package holter.server.kube;

import holter.detect.RestartTruth;
import holter.engine.RestartOrder;
import holter.server.port.Look;
import holter.server.port.Runner;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts by deleting an instance's pod, whose controller makes another one. Deletes the very pod
 * that was looked at, by its uid and resourceVersion, and only when it holds the life that the
 * order is about:
 *
 * <pre>
 * a controller owns it           else nobody would start it again
 * nobody deletes it already
 * its container runs, or is over: one that its kubelet starts again is left to the kubelet
 * its life is the expected one:  an incarnation is never below the epoch second of its start,
 *                                so a container that began later holds a later life
 * or a life that had its time:   a later one, or one of a sender that tells no incarnation, must
 *                                have been there, unheard, for as long as a start may take
 * </pre>
 */
public final class KubeRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(KubeRunner.class);
  private static final int TRIES = 3;

  /**
   * How a pod is let go.
   *
   * @param pods which pods are the fleet's
   * @param grace between SIGTERM and SIGKILL; zero: as the pod has it
   * @param settle how long a new life may be silent
   * @param fence name of the Lease object that keeps the greatest epoch
   */
  public record Terms(FleetPods pods, Duration grace, Duration settle, String fence) {}

  private final KubeCluster cluster;
  private final Terms terms;
  private final PodLives lives;
  private final EpochFence fence;
  private final Look look;

  /**
   * @param watch knows since when each life has been there
   * @param look asks the instance itself
   */
  public KubeRunner(KubeCluster cluster, Terms terms, PodWatch watch, Look look) {
    this.cluster = cluster;
    this.terms = terms;
    this.lives = watch.lives();
    this.fence = new EpochFence(cluster, terms.fence());
    this.look = look;
  }

  @Override
  public Answer restart(RestartOrder order) {
    try {
      Optional<Long> greater = fence.pass(order.leaderEpoch());
      if (greater.isPresent()) {
        return refused(
            RestartTruth.UNKNOWN,
            "leader epoch " + order.leaderEpoch() + " is older than " + greater.get());
      }
      return act(order);
    } catch (KubernetesClientException failed) {
      String why = KubeCluster.why(failed);
      LOG.atError()
          .addKeyValue("instance", order.instance())
          .addKeyValue("key", order.key())
          .addKeyValue("why", why)
          .log("restart could not be carried out");
      return refused(RestartTruth.UNKNOWN, why);
    }
  }

  private Answer act(RestartOrder order) {
    for (int turn = 1; turn <= TRIES; turn++) {
      List<PodLife> found = terms.pods().of(order.instance(), cluster);
      List<PodLife> staying =
          found.stream().filter(pod -> !pod.is(PodLife.Mark.TERMINATING)).toList();
      if (staying.size() > 1) {
        return refused(
            RestartTruth.UNKNOWN, staying.size() + " pods are this instance; nobody knows which");
      }
      if (staying.isEmpty()) {
        return refused(
            found.isEmpty() ? RestartTruth.UNKNOWN : endedOr(found.getFirst()),
            found.isEmpty()
                ? "no pod is this instance"
                : "pod " + found.getFirst().name() + " is being deleted already");
      }
      PodLife pod = staying.getFirst();
      Look.Seen seen = seen(order, pod);
      String objection = objection(order, pod, seen);
      if (!objection.isEmpty()) {
        return refused(seen.truth(), objection + "; " + seen.words());
      }
      if (deleted(pod)) {
        return new Answer(true, seen.truth(), "pod " + pod.name() + " deleted; " + seen.words());
      }
    }
    return refused(RestartTruth.UNKNOWN, "the pod changed each time between look and deletion");
  }

  private static RestartTruth endedOr(PodLife pod) {
    return pod.state() == PodLife.State.ENDED ? RestartTruth.EXITED : RestartTruth.UNKNOWN;
  }

  private static Answer refused(RestartTruth truth, String why) {
    return new Answer(false, truth, why);
  }

  /** Why this pod must stay; empty when it may go. */
  private String objection(RestartOrder order, PodLife pod, Look.Seen seen) {
    if (!pod.is(PodLife.Mark.OWNED)) {
      return "pod " + pod.name() + " has no controller: nobody would start it again";
    }
    if (pod.is(PodLife.Mark.OVER)) {
      return "";
    }
    return switch (pod.state()) {
      case ENDED -> pod.is(PodLife.Mark.KUBELET_RESTARTS) ? "its kubelet starts it again" : "";
      case WAITS -> "its container waits: " + pod.reason();
      case UNTOLD -> "its container is not known";
      case RUNS -> replaced(order, pod, seen) ? "already replaced" : "";
    };
  }

  private boolean replaced(RestartOrder order, PodLife pod, Look.Seen seen) {
    long expected = order.expected().counter();
    if (seen.later(order)) {
      return true;
    }
    boolean certain = expected > 0 && pod.startedS() > 0 && expected >= pod.startedS();
    return !certain && lives.ageMs(pod) < terms.settle().toMillis();
  }

  private Look.Seen seen(RestartOrder order, PodLife pod) {
    if (pod.is(PodLife.Mark.OVER) || pod.state() == PodLife.State.ENDED) {
      return new Look.Seen(RestartTruth.EXITED, ended(pod));
    }
    if (pod.state() != PodLife.State.RUNS) {
      boolean crashed = pod.reason().equals("CrashLoopBackOff");
      return new Look.Seen(crashed ? RestartTruth.EXITED : RestartTruth.UNKNOWN, ended(pod));
    }
    Look.Seen own = look.at(order);
    if (own.truth() != RestartTruth.UNKNOWN) {
      return own;
    }
    if (nodeIsMute(pod)) {
      return new Look.Seen(
          RestartTruth.UNKNOWN, "node " + pod.node() + " does not tell that it is ready");
    }
    return pod.probedReady()
        ? new Look.Seen(RestartTruth.HEALTHY, "its container passes its readiness probe")
        : new Look.Seen(RestartTruth.UNKNOWN, "its container runs; " + own.words());
  }

  private static String ended(PodLife pod) {
    return pod.ended().map(end -> "exit code " + end.exitCode()).orElse("no exit is told");
  }

  /** What a kubelet told before its node went silent is old news. */
  private boolean nodeIsMute(PodLife pod) {
    try {
      return cluster.get("/api/v1/nodes/" + pod.node(), Node.class).stream()
          .flatMap(node -> node.getStatus().getConditions().stream())
          .noneMatch(each -> each.getType().equals("Ready") && each.getStatus().equals("True"));
    } catch (KubernetesClientException untold) {
      return true;
    }
  }

  /** False when the pod is not the one that was looked at any more. */
  private boolean deleted(PodLife pod) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(terms.grace().isZero() ? null : terms.grace().toSeconds())
            .withNewPreconditions()
            .withUid(pod.uid())
            .withResourceVersion(pod.version())
            .endPreconditions()
            .build();
    try {
      cluster.delete(cluster.podsPath() + "/" + pod.name(), options);
      return true;
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT
          || refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }
}
