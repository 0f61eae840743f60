package holter.server.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pod as its object says, and the life of the worker's container in it.
 *
 * @param name of the pod
 * @param uid of the pod
 * @param version its resourceVersion
 * @param node empty while it has none
 * @param state of the worker's container
 * @param containerId of that container's life; empty while it has none
 * @param startedS when that life began, epoch seconds by its node's clock; 0 unknown
 * @param reason the kubelet's word for a container that waits; else empty
 * @param ended the last end that is told of it
 * @param probedReady it has a readiness probe, and passes
 * @param marks what else decides
 */
record PodLife(
    String name,
    String uid,
    String version,
    String node,
    State state,
    String containerId,
    long startedS,
    String reason,
    Optional<End> ended,
    boolean probedReady,
    Set<Mark> marks) {

  private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

  enum State {
    RUNS,
    ENDED,
    WAITS,
    /** Its kubelet has told nothing, or the container is not known. */
    UNTOLD
  }

  enum Mark {
    /** Somebody deletes it. */
    TERMINATING,
    /** A controller makes another one when it goes. */
    OWNED,
    /** All its containers ended for good. */
    OVER,
    /** Its kubelet starts ended containers again. */
    KUBELET_RESTARTS
  }

  /**
   * The end of one life of a container.
   *
   * @param containerId whose
   * @param startedS epoch seconds; 0 unknown
   * @param finishedS epoch seconds; 0 unknown
   */
  record End(String containerId, int exitCode, long startedS, long finishedS) {}

  /**
   * Reads a pod.
   *
   * @param container the worker's; empty: the only one, or the pod's default
   */
  static PodLife of(Pod pod, String container) {
    ObjectMeta meta = pod.getMetadata();
    Optional<Container> spec = container(pod, container);
    Optional<ContainerStatus> status =
        spec.flatMap(
            which ->
                statuses(pod).stream()
                    .filter(each -> which.getName().equals(each.getName()))
                    .findFirst());
    ContainerState now = status.map(ContainerStatus::getState).orElse(null);
    ContainerState before = status.map(ContainerStatus::getLastState).orElse(null);
    State state = state(now);
    String started =
        now != null && now.getRunning() != null ? now.getRunning().getStartedAt() : null;
    Optional<End> end = end(now).or(() -> end(before));
    boolean probed = spec.filter(which -> which.getReadinessProbe() != null).isPresent();
    return new PodLife(
        meta.getName(),
        text(meta.getUid()),
        text(meta.getResourceVersion()),
        text(pod.getSpec() == null ? null : pod.getSpec().getNodeName()),
        state,
        text(status.map(ContainerStatus::getContainerID).orElse(null)),
        seconds(started),
        now != null && now.getWaiting() != null ? text(now.getWaiting().getReason()) : "",
        end,
        probed && status.map(ContainerStatus::getReady).orElse(false),
        marks(pod));
  }

  private static State state(@Nullable ContainerState now) {
    if (now == null) {
      return State.UNTOLD;
    } else if (now.getRunning() != null) {
      return State.RUNS;
    } else if (now.getTerminated() != null) {
      return State.ENDED;
    }
    return now.getWaiting() != null ? State.WAITS : State.UNTOLD;
  }

  private static Set<Mark> marks(Pod pod) {
    Set<Mark> marks = java.util.EnumSet.noneOf(Mark.class);
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      marks.add(Mark.TERMINATING);
    }
    List<OwnerReference> owners = pod.getMetadata().getOwnerReferences();
    if (owners != null && owners.stream().anyMatch(o -> Boolean.TRUE.equals(o.getController()))) {
      marks.add(Mark.OWNED);
    }
    String phase = pod.getStatus() == null ? "" : text(pod.getStatus().getPhase());
    if (phase.equals("Failed") || phase.equals("Succeeded")) {
      marks.add(Mark.OVER);
    }
    String policy = pod.getSpec() == null ? "" : text(pod.getSpec().getRestartPolicy());
    if (policy.isEmpty() || policy.equals("Always") || policy.equals("OnFailure")) {
      marks.add(Mark.KUBELET_RESTARTS);
    }
    return Set.copyOf(marks);
  }

  private static Optional<Container> container(Pod pod, String named) {
    List<Container> all =
        pod.getSpec() == null || pod.getSpec().getContainers() == null
            ? List.of()
            : pod.getSpec().getContainers();
    Map<String, String> notes = pod.getMetadata().getAnnotations();
    String chosen = notes == null ? null : notes.get(DEFAULT_CONTAINER);
    String name = named.isEmpty() ? text(chosen) : named;
    if (name.isEmpty()) {
      return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }
    return all.stream().filter(each -> name.equals(each.getName())).findFirst();
  }

  private static List<ContainerStatus> statuses(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? List.of()
        : pod.getStatus().getContainerStatuses();
  }

  private static Optional<End> end(@Nullable ContainerState state) {
    ContainerStateTerminated end = state == null ? null : state.getTerminated();
    return end == null
        ? Optional.empty()
        : Optional.of(
            new End(
                text(end.getContainerID()),
                end.getExitCode() == null ? -1 : end.getExitCode(),
                seconds(end.getStartedAt()),
                seconds(end.getFinishedAt())));
  }

  private static long seconds(@Nullable String time) {
    try {
      return time == null || time.isEmpty() ? 0 : Instant.parse(time).getEpochSecond();
    } catch (DateTimeParseException garbled) {
      return 0;
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  boolean is(Mark mark) {
    return marks.contains(mark);
  }

  /** The life's name, unlike that of any other: of the pod and of the container in it. */
  String life() {
    return uid + "/" + containerId;
  }
}
