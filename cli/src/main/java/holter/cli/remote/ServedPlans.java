package holter.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** The plans that lie with a running server, and the consent to one of them, by its API. */
public final class ServedPlans {
  /** Whoever begins a plan may wait ten seconds for another's lease. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(20);

  private static final String PATH = "/api/v1/remedies";

  private final ServerClient asking;
  private final ServerClient telling;
  private final String language;

  ServedPlans(URI server, String token, Holter root) {
    Duration usual = ServerOptions.DEFAULT_TIMEOUT;
    Duration given = root.timeoutOr(usual);
    this.asking = new ServerClient(server, token, given.compareTo(usual) < 0 ? given : usual);
    this.telling = new ServerClient(server, token, root.timeoutOr(TO_BEGIN));
    this.language = root.terminal().language();
  }

  /** Whose they are. */
  public URI server() {
    return asking.server();
  }

  /** What somebody types who wants to see a plan of these. */
  public String toShow(String id) {
    return "holter remedy show %s --server %s".formatted(id, server());
  }

  /** What somebody types who wants to see all of these. */
  public String toList() {
    return "holter remedy list --server " + server();
  }

  /**
   * All of them, the newest first, as the server tells them.
   *
   * @throws Refusal when it does not
   */
  public JsonNode all() {
    PlainHttp.Answer answer = asking.exchange("GET", PATH, "");
    if (answer.status() == 404) {
      throw Refusal.usage(
          "there are no plans at " + server(), "it knows no such call", "another --server URL");
    }
    JsonNode all = read(answer);
    boolean plans = all.path("items").isArray();
    for (JsonNode item : all.path("items")) {
      plans &= plan(item);
    }
    if (!plans) throw garbage();
    return all;
  }

  /**
   * One of them, with its steps and its journal, as the server tells it.
   *
   * @throws Refusal when it does not
   */
  public JsonNode one(String id) {
    String path = "%s/%s?lang=%s".formatted(PATH, ServerClient.part(id), language);
    PlainHttp.Answer answer = asking.exchange("GET", path, "");
    if (answer.status() == 404) throw noPlan(id);
    JsonNode one = read(answer);
    boolean whole =
        plan(one.path("plan"))
            && one.at("/plan/id").asText().equals(id)
            && one.path("steps").isArray()
            && one.path("journal").isArray();
    if (!whole) throw garbage();
    return one;
  }

  /**
   * Consents to a plan, and has the server begin with it.
   *
   * @param deed {@code apply} or {@code undo}
   * @param hash what is consented to
   * @param who consents
   * @throws Refusal when the server does not begin, or whether it did is not known
   */
  public void begin(String deed, String id, String hash, String who) {
    String body = JsonNodeFactory.instance.objectNode().put("hash", hash).put("by", who).toString();
    String path = "%s/%s/%s".formatted(PATH, ServerClient.part(id), deed);
    PlainHttp.Answer answer = sent(id, path, body);
    switch (answer.status()) {
      case 202 -> {}
      case 404 -> throw noPlan(id);
      case 409 -> throw conflict(id, ServerClient.detail(answer.body()));
      default -> throw telling.refused(answer.status(), answer.body());
    }
  }

  private PlainHttp.Answer sent(String id, String path, String body) {
    try {
      return telling.send("POST", path, body);
    } catch (ConnectException | UnknownHostException unsent) {
      throw telling.unreachable(unsent);
    } catch (IOException lost) {
      throw Refusal.cannotTell(
          "whether plan %s is begun is not known".formatted(id),
          "%s was told to, and then: %s".formatted(server(), telling.why(lost)),
          toShow(id));
    }
  }

  private JsonNode read(PlainHttp.Answer answer) {
    if (answer.status() / 100 != 2) throw asking.refused(answer.status(), answer.body());
    return asking.tree(answer.body());
  }

  private static boolean plan(JsonNode line) {
    return line.path("id").isTextual()
        && line.path("hash").isTextual()
        && line.path("state").isTextual();
  }

  private Refusal noPlan(String id) {
    return Refusal.usage("no plan " + id, "none lies with " + server(), toList());
  }

  private Refusal conflict(String id, String detail) {
    return new Refusal(
        Exit.REMEDY_FAILED,
        detail.isEmpty() ? "plan %s is not begun".formatted(id) : detail,
        server() + " refused",
        toShow(id));
  }

  private Refusal garbage() {
    return Refusal.cannotTell(
        "the answer from " + server() + " tells of no plan",
        "that is not Holter's",
        "--server URL");
  }
}
