package holter.server.kafka;

import java.util.List;

/**
 * How the twin stands to its topic.
 *
 * @param exists whether there is a twin to write to
 * @param apart partitions whose twin has another leader, or none; their lanes only fetch
 * @param why one line for people when something is missing; empty when all is well
 */
public record TwinState(boolean exists, List<Integer> apart, String why) {
  public TwinState {
    apart = List.copyOf(apart);
  }

  static TwinState absent(String why) {
    return new TwinState(false, List.of(), why);
  }
}
