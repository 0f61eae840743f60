package holter.lab.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A broker.
 *
 * @param id as the cluster knows it, from 1001 on as in the incident
 * @param host the emulated host it runs on
 * @param settings of this broker alone
 * @param dirs its data directories; empty for one that the lab makes
 * @param advertised the host that it tells clients to dial; empty for its own
 */
public record BrokerSpec(
    int id, String host, Map<String, String> settings, List<Path> dirs, String advertised) {
  public BrokerSpec {
    settings = Map.copyOf(settings);
    dirs = List.copyOf(dirs);
  }

  public BrokerSpec(int id, String host) {
    this(id, host, Map.of(), List.of(), "");
  }
}
