package holter.server.http;

import holter.engine.View;
import io.javalin.config.RoutesConfig;

/** The API's listener: reads, the stream, metrics, and the few calls that write. */
public final class ApiServer implements AutoCloseable {
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
              guard(config);
              routes.add(config);
              config.get("/api/v1/stream", stream::serve);
            });
    return new ApiServer(listening, feed, new Answers(desk));
  }

  /** A page of another origin cannot send this header without being asked first. */
  private static void guard(RoutesConfig config) {
    config.before(
        "/api/*",
        ctx -> {
          boolean writes =
              !ctx.method().name().equals("GET") && !ctx.method().name().equals("HEAD");
          String header = ctx.header("X-Holter");
          if (writes && (header == null || header.isBlank())) {
            throw new Problem.Refusal(
                403,
                "Forbidden",
                "calls that write need the header X-Holter; add -H 'X-Holter: 1'");
          }
        });
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
