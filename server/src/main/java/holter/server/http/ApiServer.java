package holter.server.http;

import holter.engine.View;
import io.javalin.config.RoutesConfig;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API's listener: reads, the stream, metrics, and the few calls that write. */
public final class ApiServer implements AutoCloseable {
  /** Of version 4, or of version 6 in brackets. */
  private static final Pattern ADDRESS = Pattern.compile("[\\d.]+|\\[[\\da-f:.]+]");

  private final Listening listening;
  private final Feed feed;
  private final Answers answers;

  private ApiServer(Listening listening, Feed feed, Answers answers) {
    this.listening = listening;
    this.feed = feed;
    this.answers = answers;
  }

  /**
   * Listens on loopback.
   *
   * @param address {@code host:port}
   * @throws PortTaken when it cannot
   */
  public static ApiServer start(String address, Desk desk, Feed feed, Metrics metrics) {
    Stream stream = new Stream(feed);
    Routes routes = new Routes(desk, metrics::scrape);
    Listening listening =
        Listening.on(
            "listen.api",
            address,
            config -> {
              guard(config, hostOf(address));
              routes.add(config);
              config.get("/api/v1/stream", stream::serve);
            });
    return new ApiServer(listening, feed, new Answers(desk));
  }

  /**
   * A page of another origin cannot send this header without being asked first; and one whose name
   * was made to point here says that name.
   */
  private static void guard(RoutesConfig config, String own) {
    config.before(
        "/api/*",
        ctx -> {
          if (ctx.method().name().equals("GET") || ctx.method().name().equals("HEAD")) {
            return;
          }
          String header = ctx.header("X-Holter");
          if (header == null || header.isBlank()) {
            throw forbidden("calls that write need the header X-Holter; add -H 'X-Holter: 1'");
          }
          String host = hostOf(ctx.host());
          boolean ours = host.equals("localhost") || host.equals(own);
          if (!ours && !ADDRESS.matcher(host).matches()) {
            throw forbidden(
                "calls that write are for an address, not for " + host + "; ask " + own);
          }
        });
  }

  private static Problem.Refusal forbidden(String detail) {
    return new Problem.Refusal(403, "Forbidden", detail);
  }

  /** Without the port. */
  private static String hostOf(@Nullable String host) {
    return host == null ? "" : host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }

  /** Tells the stream what is new in this view. */
  public void show(View view) {
    feed.changed(view, answers::status);
  }

  /** {@code http://host:port}. */
  public String url() {
    return "http://" + listening.address();
  }

  @Override
  public void close() {
    feed.close();
    listening.close();
  }
}
