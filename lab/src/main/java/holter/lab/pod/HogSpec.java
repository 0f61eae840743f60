package holter.lab.pod;

import java.time.Duration;

/**
 * A byte-hungry pod.
 *
 * @param name the pod's name, as {@code savoir-recv}
 * @param from the host that sends
 * @param to the host that receives
 * @param flows connections, at least 1; many fill a NIC's queue faster and more evenly
 * @param bytesPerSecond what it would like to send in total; 0 is as much as it can
 * @param lasts it stops by itself after that
 */
public record HogSpec(
    String name, String from, String to, int flows, long bytesPerSecond, Duration lasts) {
  private static final int FLOWS_MAX = 1000;

  public HogSpec {
    if (flows < 1 || flows > FLOWS_MAX || bytesPerSecond < 0) {
      throw new IllegalArgumentException("a pod has 1 to 1000 flows and no negative rate");
    }
  }
}
