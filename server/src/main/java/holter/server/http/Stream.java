package holter.server.http;

import holter.channel.ClusterMap;
import holter.engine.View;
import holter.server.json.CoreJson;
import holter.server.text.Tongue;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The event stream of one client, on the virtual thread of its request. */
final class Stream {
  private static final long WAIT_MS = 500;

  private final Feed feed;

  Stream(Feed feed) {
    this.feed = feed;
  }

  /** A partition with the map it is shown with. */
  record Told(View.Partition partition, @Nullable ClusterMap map) {}

  void serve(Context ctx) throws IOException {
    Tongue tongue = Routes.tongue(ctx);
    Feed.Subscriber subscriber = feed.subscribe(ctx.header("Last-Event-ID"));
    if (subscriber == null) {
      throw Problem.unavailable("too many listen to the stream already; try again later");
    }
    try (subscriber) {
      ctx.res().setContentType("text/event-stream");
      ctx.res().setCharacterEncoding("utf-8");
      ctx.res().setHeader("Cache-Control", "no-store");
      OutputStream out = ctx.res().getOutputStream();
      write(out, ": holter\n\n");
      while (!subscriber.isCut()) {
        Feed.Event event = subscriber.next(WAIT_MS);
        if (event != null) {
          write(out, text(event, tongue));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String text(Feed.Event event, Tongue tongue) throws IOException {
    Object data =
        event.data() instanceof Told told
            ? Answers.partition(told.partition(), told.map(), tongue)
            : event.data();
    String json = CoreJson.writer(tongue).writeValueAsString(data);
    return "id: " + feed.id(event) + "\nevent: " + event.kind() + "\ndata: " + json + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
