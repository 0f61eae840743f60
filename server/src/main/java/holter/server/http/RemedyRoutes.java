package holter.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import holter.engine.Incident;
import holter.remedy.Plan;
import holter.server.json.CoreJson;
import holter.server.remedy.PlanIncidents;
import holter.server.remedy.RemedyDesk;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** The calls about plans: which there are, and consent to one of them. */
final class RemedyRoutes {
  private static final int NAME_MAX = 60;
  private static final Set<String> KEYS = Set.of("hash", "by");

  private final Desk desk;

  RemedyRoutes(Desk desk) {
    this.desk = desk;
  }

  /** One of the two things that can be asked for. */
  private interface Deed {
    void begin(Plan plan, String hash, String who)
        throws RemedyDesk.Refused, IOException, InterruptedException;
  }

  void add(RoutesConfig routes) {
    routes.get("/api/v1/remedies", this::list);
    routes.get("/api/v1/remedies/{id}", this::show);
    routes.post("/api/v1/remedies/{id}/apply", ctx -> begin(ctx, desk.remedies()::apply));
    routes.post("/api/v1/remedies/{id}/undo", ctx -> begin(ctx, desk.remedies()::undo));
  }

  private void list(Context ctx) {
    Map<String, Incident> incidents = PlanIncidents.in(desk.view());
    try {
      var items =
          desk.remedies().all().stream().map(one -> RemedyShapes.line(one, incidents)).toList();
      Routes.json(ctx, new RemedyShapes.Lines(items));
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private void show(Context ctx) {
    Map<String, Incident> incidents = PlanIncidents.in(desk.view());
    Routes.json(ctx, RemedyShapes.remedy(shown(ctx), incidents));
  }

  private RemedyDesk.Shown shown(Context ctx) {
    String id = ctx.pathParam("id");
    try {
      return desk.remedies()
          .find(id)
          .orElseThrow(
              () -> Problem.notFound("no plan " + id + "; GET /api/v1/remedies lists them"));
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private void begin(Context ctx, Deed deed) {
    JsonNode body = body(ctx);
    String hash = body.path("hash").asText();
    String who = who(ctx.ip(), body.path("by").asText(""));
    Plan plan = shown(ctx).plan();
    try {
      deed.begin(plan, hash, who);
    } catch (RemedyDesk.Refused refused) {
      throw Problem.conflict(String.valueOf(refused.getMessage()));
    } catch (IOException | UncheckedIOException unwritable) {
      throw unreadable(unwritable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("Holter is stopping; ask again when it is there");
    }
    ctx.status(202);
    Routes.json(ctx, new Shapes.Taken(true));
  }

  private static JsonNode body(Context ctx) {
    try {
      JsonNode body = CoreJson.mapper().readTree(ctx.bodyAsBytes());
      if (body != null && body.isObject() && known(body) && body.path("hash").isTextual()) {
        return body;
      }
    } catch (IOException noJson) {
      throw Problem.badRequest("the body is no JSON; send {\"hash\":\"…\"}, the plan's");
    }
    throw Problem.badRequest(
        "send {\"hash\":\"…\"}, the plan's, and \"by\", a name, if you like; nothing else");
  }

  private static boolean known(JsonNode body) {
    return body.properties().stream()
        .allMatch(part -> KEYS.contains(part.getKey()) && part.getValue().isTextual());
  }

  /**
   * As the journal has it. A name is what somebody says of himself: one line, of bounded length.
   */
  static String who(String address, String name) {
    String clean = name.replaceAll("[^\\p{L}\\p{N} ._@-]+", " ").replaceAll(" +", " ").strip();
    int[] bounded = clean.codePoints().limit(NAME_MAX).toArray();
    String by = "by HTTP from " + address;
    return bounded.length == 0 ? by : by + ", as " + new String(bounded, 0, bounded.length);
  }

  private static Problem.Refusal unreadable(Exception why) {
    return Problem.unavailable(
        "plans cannot be read or written; %s; check remedies.plans and its rights"
            .formatted(why.getMessage()));
  }
}
