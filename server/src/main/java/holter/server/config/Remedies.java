package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import holter.remedy.Earned;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be done about what is found.
 *
 * @param leaders whether leaders are moved off a sick broker
 * @param kubernetes whether room is planned for on crowded nodes; {@code AUTO} is a standing
 *     consent for plans of {@code autoKinds} only, once these have earned it
 * @param autoKinds kinds of steps in Kubernetes that need no further consent
 * @param plans directory of plans and their journals; empty: as {@code holter remedy} has it
 * @param healthyFor how long paths must be well to be called cured
 */
public record Remedies(
    Mode leaders, Mode kubernetes, Set<Earned.Kind> autoKinds, String plans, Duration healthyFor) {
  /** What is done without asking. */
  public enum Mode {
    /** Nothing is planned. */
    OFF,
    /** A plan is made and told; somebody applies it. */
    SUGGEST,
    /** This key is a standing consent: the plan is applied at once. */
    AUTO
  }

  public Remedies {
    autoKinds = Set.copyOf(autoKinds);
    if (kubernetes == Mode.AUTO && autoKinds.isEmpty()) {
      throw new BadConfig(
          "remedies.kubernetes",
          "is \"auto\" for no kind of step",
          "name them, as remedies.autoKinds: [uncordon, evict], or write suggest");
    }
    Check.within("remedies.healthyFor", healthyFor, Duration.ofSeconds(3), Duration.ofMinutes(30));
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Remedies of(
      @Nullable String leaders,
      @Nullable String kubernetes,
      @Nullable List<String> autoKinds,
      @Nullable String plans,
      @Nullable Duration healthyFor) {
    return new Remedies(
        mode("remedies.leaders", leaders == null ? "suggest" : leaders),
        mode("remedies.kubernetes", kubernetes == null ? "suggest" : kubernetes),
        kinds(autoKinds == null ? List.of() : autoKinds),
        plans == null ? "" : plans,
        healthyFor == null ? Duration.ofSeconds(15) : healthyFor);
  }

  private static Mode mode(String key, String word) {
    return switch (word) {
      case "off" -> Mode.OFF;
      case "suggest" -> Mode.SUGGEST;
      case "auto" -> Mode.AUTO;
      default -> throw new BadConfig(key, "is \"" + word + "\"", "write off, suggest or auto");
    };
  }

  private static Set<Earned.Kind> kinds(List<String> words) {
    var kinds = EnumSet.noneOf(Earned.Kind.class);
    for (String word : words) {
      kinds.add(
          Arrays.stream(Earned.Kind.values())
              .filter(kind -> kind.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadConfig(
                          "remedies.autoKinds",
                          "has \"" + word + "\"",
                          "write any of uncordon, relax, evict")));
    }
    return kinds;
  }
}
