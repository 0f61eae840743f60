package holter.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import holter.server.json.CoreJson;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP listener: its address, its errors as problems, its limits. */
final class Listening implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
  private static final long BODY_MAX = 64 * 1024;

  private final Javalin javalin;
  private final String address;

  private Listening(Javalin javalin, String address) {
    this.javalin = javalin;
    this.address = address;
  }

  /**
   * Listens.
   *
   * @param key the configuration's key, for the error
   * @param address {@code host:port}; port 0 takes a free one
   * @throws PortTaken when it cannot be listened on
   */
  static Listening on(String key, String address, Consumer<RoutesConfig> routes) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(address.substring(colon + 1));
    Javalin javalin = Javalin.create(config -> configure(config, routes));
    try {
      javalin.start(host, port);
    } catch (RuntimeException failed) {
      javalin.stop();
      throw new PortTaken(key, address, failed);
    }
    return new Listening(javalin, address.substring(0, colon) + ":" + javalin.port());
  }

  private static void configure(JavalinConfig config, Consumer<RoutesConfig> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = BODY_MAX;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(server -> server.setStopTimeout(0)); // nothing here takes long
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.routes.exception(Problem.Refusal.class, (refusal, ctx) -> send(ctx, refusal.problem()));
    config.routes.exception(HttpResponseException.class, Listening::standard);
    config.routes.exception(Exception.class, Listening::bug);
    config.routes.before(
        ctx -> {
          ctx.header("X-Content-Type-Options", "nosniff");
          ctx.header("Cache-Control", "no-store");
          ctx.header("Content-Security-Policy", "default-src 'self'; style-src 'unsafe-inline'");
        });
    routes.accept(config.routes);
  }

  private static void standard(HttpResponseException failed, Context ctx) {
    String title = failed.getStatus() == 404 ? "Not found" : String.valueOf(failed.getMessage());
    String detail =
        switch (failed.getStatus()) {
          case 404 -> "nothing is at " + ctx.path() + "; GET /api/openapi.yaml lists what is";
          case 405 -> ctx.method() + " is not for " + ctx.path() + "; see /api/openapi.yaml";
          case 413 -> "the body is larger than " + BODY_MAX + " bytes";
          default -> String.valueOf(failed.getMessage());
        };
    send(ctx, new Problem(title, failed.getStatus(), detail));
  }

  private static void bug(Exception failed, Context ctx) {
    if (ctx.res().isCommitted()) {
      return; // a reader of the stream went away
    }
    LOG.atError().addKeyValue("path", ctx.path()).setCause(failed).log("request failed");
    send(
        ctx,
        new Problem(
            "Internal error", 500, "Holter failed to answer; its log says more, please report it"));
  }

  private static void send(Context ctx, Problem problem) {
    try {
      ctx.status(problem.status())
          .contentType("application/problem+json")
          .result(CoreJson.mapper().writeValueAsBytes(problem));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a problem that is no JSON", impossible);
    }
  }

  /** Where it listens, with the port it got. */
  String address() {
    return address;
  }

  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException failed) {
      LOG.atDebug().addKeyValue("why", failed.toString()).log("listener did not stop in order");
    }
  }
}
