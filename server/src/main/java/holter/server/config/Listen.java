package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Where Holter answers. Port 0 takes a free one, which the ready line tells.
 *
 * @param api the API's address, on loopback
 * @param agents the agents' listener; empty for none
 * @param token what agents must bring; at least 16 characters
 * @param probes {@code /healthz}, {@code /readyz} and {@code /metrics} alone, for a kubelet and
 *     Prometheus; empty for none
 */
public record Listen(String api, String agents, String token, String probes) {
  /** Short enough to type, too long to guess over a network. */
  private static final int TOKEN_MIN = 16;

  public Listen {
    Check.loopback("listen.api", api);
    if (!probes.isEmpty()) Check.hostPort("listen.probes", probes);
    if (!agents.isEmpty()) {
      Check.hostPort("listen.agents", agents);
      if (token.length() < TOKEN_MIN) {
        throw new BadConfig(
            "listen.token",
            token.isEmpty() ? "is missing" : "is shorter than " + TOKEN_MIN + " characters",
            "agents need one; write ${file:/run/secrets/holter-agents}");
      }
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Listen of(
      @Nullable String api,
      @Nullable String agents,
      @Nullable String token,
      @Nullable String probes) {
    return new Listen(
        api == null ? "127.0.0.1:4658" : api,
        agents == null ? "" : agents,
        token == null ? "" : token,
        probes == null ? "" : probes);
  }

  @Override
  public String toString() {
    return "Listen[api=" + api + ", agents=" + agents + ", probes=" + probes + ", token=…]";
  }
}
