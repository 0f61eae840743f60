package holter.server;

import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;
import holter.server.probe.Prober;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Who runs where, as the engine last remembered it: the witnesses beside an instance. */
final class Roll implements Prober.Neighbours {
  private static final int NEIGHBOURS_MAX = 3;

  private final Map<InstanceId, KnownInstance> known = new ConcurrentHashMap<>();
  private final String exporter;

  /**
   * @param exporter node_exporter's URL with {@code {host}}; empty when there is none
   */
  Roll(String exporter) {
    this.exporter = exporter;
  }

  void remember(KnownInstance instance) {
    known.put(instance.id(), instance);
  }

  void forget(InstanceId instance) {
    known.remove(instance);
  }

  Optional<KnownInstance> of(InstanceId instance) {
    return Optional.ofNullable(known.get(instance));
  }

  @Override
  public List<String> on(String host, InstanceId except) {
    List<String> urls = new ArrayList<>();
    if (!exporter.isEmpty()) {
      urls.add(exporter.replace("{host}", host));
    }
    known.values().stream()
        .filter(other -> other.host().equals(host) && !other.id().equals(except))
        .map(KnownInstance::answerAt)
        .filter(url -> !url.isEmpty())
        .limit(NEIGHBOURS_MAX - urls.size())
        .forEach(urls::add);
    return urls;
  }

  /** Every host that an instance said it runs on. */
  Set<String> hosts() {
    return known.values().stream()
        .map(KnownInstance::host)
        .filter(host -> !host.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  public int fleet() {
    return known.size();
  }
}
