package holter.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Calls the orchestrator's listener for agents. Stateless; any thread may call and is held. */
final class OrchestratorCall {
  private static final int CONNECT_MS = 1000;
  private static final int READ_MS = 2000;
  private static final int BODY_BYTES_MAX = 64 << 10;

  private final String root;
  private final String token;

  OrchestratorCall(AgentConfig.Orchestrator orchestrator) {
    String url = orchestrator.url().toString();
    this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.token = orchestrator.token();
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
   * @throws IOException when there was no answer within about three seconds
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
    try (OutputStream out = call.getOutputStream()) {
      out.write(json);
    }
    int status = call.getResponseCode();
    InputStream stream = status >= 400 ? call.getErrorStream() : call.getInputStream();
    if (stream == null) {
      return new Answer(status, "");
    }
    try (InputStream in = stream) {
      return new Answer(status, new String(in.readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8));
    }
  }
}
