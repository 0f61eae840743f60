package holter.lab.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A group of equal workers; the hosts are taken in turn.
 *
 * @param name one worker bears it as it is, several bear {@code name-01}, {@code name-02} …
 * @param kind how they send
 * @param count how many
 * @param interval between beats
 * @param hosts where they stand, taken in turn
 * @param clientVersion kafka-clients of a foreign sender; empty: the oldest that the cluster takes
 * @param client settings of a foreign sender's client that differ from the client's own
 */
public record Group(
    String name,
    SenderType kind,
    int count,
    Duration interval,
    List<String> hosts,
    String clientVersion,
    Map<String, String> client) {
  public Group {
    kind = kind == null ? SenderType.AGENT : kind;
    count = count == 0 ? 1 : count;
    interval = interval == null ? Duration.ofSeconds(kind == SenderType.AGENT ? 1 : 5) : interval;
    hosts = Scenario.listOf(hosts);
    clientVersion = clientVersion == null ? "" : clientVersion;
    client = client == null ? Map.of() : Map.copyOf(client);
  }

  List<Worker> workers() {
    var workers = new ArrayList<Worker>(count);
    for (int n = 1; n <= count; n++) {
      String called = count == 1 ? name : "%s-%02d".formatted(name, n);
      workers.add(new Worker(called, hosts.get((n - 1) % hosts.size()), this));
    }
    return workers;
  }
}
