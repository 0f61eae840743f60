package holter.server.directory;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of what each life of an instance registered. A life without DTUs takes no room. Read
 * by any thread; changed by one at a time.
 */
final class Digests {
  private record Life(String instance, long incarnation) {}

  private final ConcurrentMap<Life, DtuDigest> held = new ConcurrentHashMap<>();

  void replace(@Nullable Route before, Route now) {
    if (before != null && before.up()) {
      put(before, of(before).without(before));
    }
    if (now.up()) {
      put(now, of(now).with(now));
    }
  }

  DtuDigest of(String instance, long incarnation) {
    return held.getOrDefault(new Life(instance, incarnation), DtuDigest.NONE);
  }

  private DtuDigest of(Route route) {
    return of(route.instance(), route.fence().incarnation());
  }

  private void put(Route route, DtuDigest digest) {
    var life = new Life(route.instance(), route.fence().incarnation());
    if (digest.count() == 0) {
      held.remove(life);
    } else {
      held.put(life, digest);
    }
  }
}
