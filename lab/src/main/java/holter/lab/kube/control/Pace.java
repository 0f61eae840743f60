package holter.lab.kube.control;

import java.time.Duration;

/**
 * How fast the simulated cluster does what it does.
 *
 * @param grace for which a node may be silent before it is not ready
 * @param heartbeat between two words of a kubelet
 * @param taint between a cordon or condition and its taint
 * @param control before a controller looks again
 * @param startup of a pod, from its binding to its readiness
 */
public record Pace(
    Duration grace, Duration heartbeat, Duration taint, Duration control, Duration startup) {
  /** As measured on Kubernetes 1.36. */
  public static final Pace REAL =
      new Pace(
          Duration.ofSeconds(50),
          Duration.ofSeconds(5),
          Duration.ofMillis(400),
          Duration.ofMillis(100),
          Duration.ofMillis(500));

  /** For tests: the same order of things, in a fraction of the time. */
  public static final Pace QUICK =
      new Pace(
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMillis(20));
}
