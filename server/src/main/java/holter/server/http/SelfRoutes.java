package holter.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import holter.server.json.CoreJson;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** What Holter says of itself to machines: whether it lives, whether it is ready, its metrics. */
final class SelfRoutes {
  private final Desk desk;
  private final Supplier<String> metrics;

  SelfRoutes(Desk desk, Supplier<String> metrics) {
    this.desk = desk;
    this.metrics = metrics;
  }

  void add(RoutesConfig routes) {
    routes.get("/metrics", ctx -> ctx.contentType(Metrics.CONTENT_TYPE).result(metrics.get()));
    routes.get(
        "/healthz",
        ctx -> {
          Health health = desk.health();
          answer(ctx, health, !health.status().equals("failed"));
        });
    routes.get(
        "/readyz",
        ctx -> {
          Health ready = desk.readiness();
          answer(ctx, ready, ready.status().equals("ready"));
        });
  }

  private static void answer(Context ctx, Health health, boolean good)
      throws JsonProcessingException {
    ctx.status(good ? 200 : 503)
        .contentType("application/json")
        .result(CoreJson.mapper().writeValueAsBytes(health));
  }
}
