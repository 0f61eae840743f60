package holter.diagnose;

import java.util.List;

/**
 * What a diagnosis points at; unknown parts are −1 or empty.
 *
 * @param partitions sick partitions of the heartbeat topic
 * @param brokerId the sick broker
 * @param host its host
 * @param instances workers concerned
 */
public record Subject(List<Integer> partitions, int brokerId, String host, List<String> instances) {
  public static final Subject NONE = new Subject(List.of(), -1, "", List.of());

  public Subject {
    partitions = List.copyOf(partitions);
    instances = List.copyOf(instances);
  }
}
