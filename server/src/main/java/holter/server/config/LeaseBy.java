package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * What several orchestrators agree by on who leads.
 *
 * @param kind {@code store} or {@code kubernetes}
 * @param name of the Lease object, for {@code kubernetes}
 */
public record LeaseBy(String kind, String name) {
  public LeaseBy {
    if (!kind.equals("store") && !kind.equals("kubernetes")) {
      throw new BadConfig("lease.kind", "is \"" + kind + "\"", "write store or kubernetes");
    }
    if (!name.matches("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?")) {
      throw new BadConfig(
          "lease.name", "is no object's name: \"" + name + "\"", "write lower-case letters");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static LeaseBy of(@Nullable String kind, @Nullable String name) {
    return new LeaseBy(kind == null ? "store" : kind, name == null ? "holter" : name);
  }
}
