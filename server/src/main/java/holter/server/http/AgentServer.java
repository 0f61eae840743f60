package holter.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.engine.Input;
import holter.server.directory.Directory;
import holter.server.directory.Registration;
import holter.server.directory.RegistrationReader;
import holter.server.json.CoreJson;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The agents' listener: registrations and beats by HTTP, for those who bring the token. */
public final class AgentServer implements AutoCloseable {
  /** An agent waits no longer for its registration (docs/wire.md). */
  private static final long STORE_MAX_MS = 2_000;

  /** Takes what agents send. */
  public interface Sink {
    Directory.Outcome register(Registration registration);

    /** Maps a beat; garbled ones come as {@link Input.Garbled}. */
    Input beat(byte[] body);

    /** Hands an input on; false when the engine is behind. */
    boolean tell(Input input);
  }

  private final Listening listening;

  private AgentServer(Listening listening) {
    this.listening = listening;
  }

  /**
   * Listens.
   *
   * @param address {@code host:port}
   * @param token what every call must bring
   * @throws PortTaken when it cannot
   */
  public static AgentServer start(String address, String token, Sink sink) {
    byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    RegistrationReader reader = new RegistrationReader();
    return new AgentServer(
        Listening.on(
            "listen.agents",
            address,
            config -> {
              config.before(ctx -> check(ctx, expected));
              config.post("/agent/v1/registrations", ctx -> register(ctx, reader, sink));
              config.post("/agent/v1/beats", ctx -> beat(ctx, sink));
            }));
  }

  private static void check(Context ctx, byte[] expected) {
    String brought = ctx.header("Authorization");
    byte[] bytes = (brought == null ? "" : brought).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(bytes, expected)) {
      throw new Problem.Refusal(
          401, "Unauthorized", "send Authorization: Bearer with the token of listen.token");
    }
  }

  private static void register(Context ctx, RegistrationReader reader, Sink sink)
      throws JsonProcessingException {
    Registration registration;
    try {
      registration = reader.read(ctx.bodyAsBytes());
    } catch (RegistrationReader.Garbled garbled) {
      throw Problem.badRequest("garbled registration: " + garbled.getMessage());
    }
    ObjectNode answer = CoreJson.mapper().createObjectNode();
    switch (sink.register(registration)) {
      case Directory.Outcome.Applied applied -> {
        await(applied.stored());
        answer.put("applied", true).put("routeEpoch", applied.routeEpoch());
      }
      case Directory.Outcome.Duplicate duplicate -> {
        await(duplicate.stored());
        answer
            .put("applied", false)
            .put("why", "duplicate")
            .put("routeEpoch", duplicate.routeEpoch())
            .put("owner", duplicate.owner());
      }
      case Directory.Outcome.Stale stale ->
          answer
              .put("applied", false)
              .put("why", "stale")
              .put("routeEpoch", stale.routeEpoch())
              .put("owner", stale.owner());
      case Directory.Outcome.Full ignored ->
          throw Problem.unavailable("the directory is full; too many DTUs are registered");
    }
    ctx.contentType("application/json").result(CoreJson.mapper().writeValueAsBytes(answer));
  }

  private static void await(CompletableFuture<Void> stored) {
    try {
      stored.get(STORE_MAX_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException refused) {
      throw Problem.unavailable(reason(refused) + "; try another replica, or try again");
    } catch (TimeoutException notStored) {
      throw Problem.unavailable("the store cannot be written now; try again");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("Holter is stopping; try again");
    }
  }

  private static String reason(ExecutionException refused) {
    Throwable cause = refused.getCause();
    String why = cause == null ? null : cause.getMessage();
    return why == null ? "the store cannot be written now" : why;
  }

  private static void beat(Context ctx, Sink sink) {
    Input input = sink.beat(ctx.bodyAsBytes());
    boolean taken = sink.tell(input);
    if (input instanceof Input.Garbled garbled) {
      throw Problem.badRequest("garbled beat: " + garbled.why());
    }
    if (!taken) {
      throw Problem.unavailable("the decision loop is behind; try again");
    }
    ctx.status(202);
  }

  /** {@code http://host:port}. */
  public String url() {
    return "http://" + listening.address();
  }

  @Override
  public void close() {
    listening.close();
  }
}
