package holter.server.kube;

import holter.engine.Input;
import holter.fleet.InstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The lives seen in the fleet's pods: since when, by our own steady clock, and whose end was told.
 * As large as the fleet. Thread-safe.
 */
final class PodLives {
  private final Consumer<Input> exits;
  private final Map<String, Seen> byPod = new HashMap<>();
  private final Set<String> listed = new HashSet<>();

  private record Seen(String life, long sinceNs, String toldEnd) {}

  /**
   * @param exits takes each {@link Input.Exited}
   */
  PodLives(Consumer<Input> exits) {
    this.exits = exits;
  }

  /** A list begins: what it does not name is gone. */
  synchronized void begin() {
    listed.clear();
  }

  synchronized void end() {
    byPod.keySet().retainAll(listed);
  }

  synchronized void gone(String podUid) {
    byPod.remove(podUid);
  }

  synchronized void seen(InstanceId instance, PodLife pod) {
    listed.add(pod.uid());
    Seen before = byPod.get(pod.uid());
    String told = before == null ? "" : before.toldEnd();
    PodLife.End end = pod.ended().orElse(null);
    if (end != null && !end.containerId().equals(told)) {
      // an end from before our first look, with another life running since, is no news
      if (before != null || pod.state() != PodLife.State.RUNS) {
        exits.accept(new Input.Exited(instance, life(end), end.exitCode()));
      }
      told = end.containerId();
    }
    boolean same = before != null && before.life().equals(pod.life());
    long sinceNs = before != null && same ? before.sinceNs() : System.nanoTime();
    byPod.put(pod.uid(), new Seen(pod.life(), sinceNs, told));
  }

  /**
   * Which lives of an agent ended with a container's: an incarnation is never below the epoch
   * second of its start, so all up to the second before the end are over. One that began in that
   * very second may be the next one, and is left alone. 0: not known.
   */
  static long life(PodLife.End end) {
    return end.finishedS() == 0 ? 0 : Math.max(end.startedS(), end.finishedS() - 1);
  }

  /** For how long a life has been seen, at least; 0 for one that was not. */
  synchronized long ageMs(PodLife pod) {
    Seen seen = byPod.get(pod.uid());
    return seen == null || !seen.life().equals(pod.life())
        ? 0
        : (System.nanoTime() - seen.sinceNs()) / 1_000_000;
  }
}
