package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may be done about what is found.
 *
 * @param leaders whether leaders are moved off a sick broker
 * @param kubernetes whether room is planned for on crowded nodes; never done without consent
 * @param plans directory of plans and their journals; empty: as {@code holter remedy} has it
 * @param healthyFor how long paths must be well to be called cured
 */
public record Remedies(Mode leaders, Mode kubernetes, String plans, Duration healthyFor) {
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
    if (kubernetes == Mode.AUTO) {
      throw new BadConfig(
          "remedies.kubernetes", "is \"auto\"", "write suggest: pods are not moved unasked yet");
    }
    Check.within("remedies.healthyFor", healthyFor, Duration.ofSeconds(3), Duration.ofMinutes(30));
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Remedies of(
      @Nullable String leaders,
      @Nullable String kubernetes,
      @Nullable String plans,
      @Nullable Duration healthyFor) {
    return new Remedies(
        mode("remedies.leaders", leaders == null ? "suggest" : leaders),
        mode("remedies.kubernetes", kubernetes == null ? "suggest" : kubernetes),
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
}
