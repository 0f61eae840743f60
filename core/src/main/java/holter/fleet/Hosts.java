package holter.fleet;

import java.util.HashMap;
import java.util.Map;

/** How many instances each host has, and one copy of its name for all of them. */
final class Hosts {
  private static final class Residents {
    final String name;
    int count;

    Residents(String name) {
      this.name = name;
    }
  }

  private final Map<String, Residents> byName = new HashMap<>();

  /** One more instance is there; gives the name to keep. An empty one is no host. */
  String enter(String host) {
    if (host.isEmpty()) {
      return "";
    }
    var there = byName.computeIfAbsent(host, Residents::new);
    there.count++;
    return there.name;
  }

  void leave(String host) {
    var there = byName.get(host);
    if (there != null && --there.count == 0) {
      byName.remove(host);
    }
  }

  int residents(String host) {
    var there = byName.get(host);
    return there == null ? 0 : there.count;
  }
}
