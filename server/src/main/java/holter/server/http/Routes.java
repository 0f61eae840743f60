package holter.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import holter.engine.Incident;
import holter.engine.Input;
import holter.fleet.InstanceId;
import holter.server.json.CoreJson;
import holter.server.text.Tongue;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API's calls, as openapi.yaml has them. */
final class Routes {
  private static final Set<String> VERDICTS =
      Set.of(
          "joining",
          "alive",
          "suspect",
          "held",
          "dead",
          "restarting",
          "backoff",
          "quarantined",
          "planned",
          "unknown");

  private static final int AUDIT_DEFAULT = 100;
  private static final int AUDIT_MAX = 1_000;

  private final Desk desk;
  private final Answers answers;
  private final Supplier<String> metrics;

  Routes(Desk desk, Supplier<String> metrics) {
    this.desk = desk;
    this.answers = new Answers(desk);
    this.metrics = metrics;
  }

  void add(RoutesConfig routes) {
    read(routes);
    incidents(routes);
    write(routes);
    new RemedyRoutes(desk).add(routes);
    self(routes);
  }

  private void read(RoutesConfig routes) {
    routes.get("/api/v1/status", ctx -> json(ctx, answers.status()));
    routes.get("/api/v1/instances", ctx -> json(ctx, answers.instances(verdict(ctx))));
    routes.get("/api/v1/instances/{id}", ctx -> json(ctx, instance(ctx)));
    routes.get(
        "/api/v1/instances/{id}/verdict", ctx -> json(ctx, answers.verdict(ctx.pathParam("id"))));
    routes.get("/api/v1/verdict/{id}", ctx -> json(ctx, answers.verdict(ctx.pathParam("id"))));
    routes.get("/api/v1/partitions", ctx -> json(ctx, answers.partitions(tongue(ctx))));
    routes.get("/api/v1/brokers", ctx -> json(ctx, answers.brokers()));
    routes.get(
        "/api/v1/dtus/{id}",
        ctx ->
            json(
                ctx,
                desk.route(ctx.pathParam("id"))
                    .map(Answers::route)
                    .orElseThrow(
                        () ->
                            Problem.notFound(
                                "no instance has registered DTU "
                                    + ctx.pathParam("id")
                                    + "; check its id, or wait for its announcement"))));
    routes.get(
        "/api/v1/audit",
        ctx -> {
          String subject = ctx.queryParam("subject");
          json(ctx, new Shapes.Audit(desk.audit(subject == null ? "" : subject, limit(ctx))));
        });
  }

  private void incidents(RoutesConfig routes) {
    routes.get("/api/v1/incidents", ctx -> json(ctx, answers.incidents(tongue(ctx))));
    routes.get("/api/v1/incidents/{id}", ctx -> json(ctx, incident(ctx)));
    routes.get(
        "/api/v1/incidents/{id}/report.md",
        ctx ->
            ctx.contentType("text/markdown; charset=utf-8")
                .result(desk.report(incident(ctx), tongue(ctx)).markdown()));
    routes.get(
        "/api/v1/incidents/{id}/report.html",
        ctx ->
            ctx.contentType("text/html; charset=utf-8")
                .result(desk.report(incident(ctx), tongue(ctx)).html()));
  }

  private void write(RoutesConfig routes) {
    routes.post(
        "/api/v1/instances/{id}/planned",
        ctx -> {
          Shapes.Instance instance = instance(ctx);
          tell(ctx, new Input.Planned(new InstanceId(instance.id()), forMs(ctx)));
        });
    routes.post(
        "/api/v1/instances/{id}/release",
        ctx -> tell(ctx, new Input.Released(new InstanceId(instance(ctx).id()))));
    routes.post("/api/v1/breaker/close", ctx -> tell(ctx, new Input.BreakerClosed()));
    routes.delete(
        "/api/v1/instances/{id}",
        ctx -> tell(ctx, new Input.Forgotten(new InstanceId(instance(ctx).id()))));
  }

  private void self(RoutesConfig routes) {
    new SelfRoutes(desk, metrics).add(routes);
    routes.get(
        "/api/openapi.yaml",
        ctx -> ctx.contentType("application/yaml; charset=utf-8").result(openapi()));
  }

  private Shapes.Instance instance(Context ctx) {
    String id = ctx.pathParam("id");
    return answers
        .instance(id)
        .orElseThrow(
            () -> Problem.notFound("no instance " + id + "; GET /api/v1/instances lists them"));
  }

  private Incident incident(Context ctx) {
    String id = ctx.pathParam("id");
    return desk.incident(id)
        .orElseThrow(
            () -> Problem.notFound("no incident " + id + "; GET /api/v1/incidents lists them"));
  }

  private void tell(Context ctx, Input input) {
    if (!desk.tell(input)) {
      throw Problem.unavailable("the decision loop is behind; try again in a second");
    }
    ctx.status(202);
    json(ctx, new Shapes.Taken(true));
  }

  private static long forMs(Context ctx) {
    try {
      JsonNode body = CoreJson.mapper().readTree(ctx.bodyAsBytes());
      JsonNode forMs = body == null ? null : body.path("forMs");
      if (forMs != null
          && body.size() == 1
          && forMs.isIntegralNumber()
          && forMs.asLong() >= 1_000
          && forMs.asLong() <= 86_400_000) {
        return forMs.asLong();
      }
    } catch (IOException noJson) {
      throw Problem.badRequest("the body is no JSON; send {\"forMs\":600000}");
    }
    throw Problem.badRequest("send {\"forMs\":N} with N from 1000 to 86400000 milliseconds");
  }

  private static @Nullable String verdict(Context ctx) {
    String verdict = ctx.queryParam("verdict");
    if (verdict != null && !VERDICTS.contains(verdict)) {
      throw Problem.badRequest("no verdict \"" + verdict + "\"; one of " + List.copyOf(VERDICTS));
    }
    return verdict;
  }

  private static int limit(Context ctx) {
    String limit = ctx.queryParam("limit");
    if (limit == null) {
      return AUDIT_DEFAULT;
    }
    try {
      int number = Integer.parseInt(limit);
      if (number >= 1 && number <= AUDIT_MAX) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      throw Problem.badRequest("limit is no number; write 1 to " + AUDIT_MAX);
    }
    throw Problem.badRequest("limit is " + limit + "; write 1 to " + AUDIT_MAX);
  }

  static Tongue tongue(Context ctx) {
    String lang = ctx.queryParam("lang");
    return Tongue.of(lang == null ? "en" : lang)
        .orElseThrow(() -> Problem.badRequest("no language \"" + lang + "\"; en or zh"));
  }

  static void json(Context ctx, Object answer) {
    try {
      ctx.contentType("application/json")
          .result(CoreJson.writer(tongue(ctx)).writeValueAsBytes(answer));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("an answer that is no JSON", impossible);
    }
  }

  private static String openapi() throws IOException {
    try (InputStream in = Routes.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not in the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
