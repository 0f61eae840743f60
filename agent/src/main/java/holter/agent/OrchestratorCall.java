package holter.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Calls one orchestrator's listener for agents. Any thread may call and is held, for as long as one
 * call may take and no longer: an answer that comes drop by drop is cut off.
 */
final class OrchestratorCall {
  private static final int CONNECT_MS = 1000;
  private static final int READ_MS = 2000;

  /** The whole call, however lively its parts. */
  static final long CALL_MS_MAX = 4000;

  private static final int BODY_BYTES_MAX = 64 << 10;

  private final String root;
  private final String token;
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, Daemon.named("holter-orchestrator-watch-"));

  OrchestratorCall(URI at, String token) {
    String url = at.toString();
    this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.token = token;
    watch.setKeepAliveTime(10, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
    watch.setRemoveOnCancelPolicy(true);
  }

  /**
   * What it answered.
   *
   * @param status the HTTP status
   * @param body at most 64 kB of it
   */
  record Answer(int status, String body) {}

  /**
   * Posts a JSON text.
   *
   * @throws IOException when there was no answer within about four seconds
   */
  Answer post(String path, byte[] json) throws IOException {
    URL url = URI.create(root + path).toURL();
    var call = (HttpURLConnection) url.openConnection();
    call.setConnectTimeout(CONNECT_MS);
    call.setReadTimeout(READ_MS);
    call.setInstanceFollowRedirects(false);
    call.setUseCaches(false);
    call.setRequestMethod("POST");
    call.setRequestProperty("Content-Type", "application/json");
    call.setRequestProperty("Authorization", "Bearer " + token);
    call.setDoOutput(true);
    Future<?> late = watch.schedule(call::disconnect, CALL_MS_MAX, TimeUnit.MILLISECONDS);
    try {
      return answered(call, json);
    } finally {
      late.cancel(false);
    }
  }

  @Override
  public String toString() {
    return root;
  }

  private static Answer answered(HttpURLConnection call, byte[] json) throws IOException {
    long startNanos = System.nanoTime();
    try (OutputStream out = call.getOutputStream()) {
      out.write(json);
    }
    int status = call.getResponseCode();
    InputStream stream = status >= 400 ? call.getErrorStream() : call.getInputStream();
    if (stream == null) {
      return new Answer(status, "");
    }
    try (InputStream in = stream) {
      return new Answer(status, new String(body(in, startNanos), StandardCharsets.UTF_8));
    }
  }

  private static byte[] body(InputStream in, long startNanos) throws IOException {
    var whole = new ByteArrayOutputStream();
    var part = new byte[4096];
    for (int n = in.read(part); n >= 0; n = in.read(part)) {
      whole.write(part, 0, Math.min(n, BODY_BYTES_MAX - whole.size()));
      if (whole.size() == BODY_BYTES_MAX) {
        break;
      }
      if (System.nanoTime() - startNanos > TimeUnit.MILLISECONDS.toNanos(CALL_MS_MAX)) {
        throw new SocketTimeoutException("the answer did not end in " + CALL_MS_MAX + " ms");
      }
    }
    return whole.toByteArray();
  }
}
