package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.store.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks an API server plainly, any verb and any form of body, and tells its answer as it is. */
public final class Wire {
  /** The usual form of a body. */
  public static final String JSON = "application/json";

  /** The forms of a patch. */
  public static final String MERGE = "application/merge-patch+json";

  public static final String STRATEGIC = "application/strategic-merge-patch+json";
  public static final String STEPS = "application/json-patch+json";

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH");
  private static final long CALL_MAX_S = 30;
  private static final int OK_MAX = 299;

  private final KubernetesClient client;
  private final String agent;

  /**
   * @param agent who asks, as {@code managedFields} then names it
   */
  public Wire(KubernetesClient client, String agent) {
    this.client = client;
    this.agent = agent;
  }

  /**
   * An answer.
   *
   * @param retryAfter the header; empty when there is none
   */
  public record Answer(int code, JsonNode body, String retryAfter) {
    public boolean ok() {
      return code <= OK_MAX;
    }
  }

  /**
   * Asks.
   *
   * @throws UncheckedIOException when there is no answer
   */
  public Answer send(String method, String path, String form, @Nullable JsonNode body) {
    String manager = (path.contains("?") ? "&" : "?") + "fieldManager=" + agent;
    String server = client.getMasterUrl().toString().replaceFirst("/$", "");
    String url = server + path + (WRITES.contains(method) ? manager : "");
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(url)
            .method(method, form, body == null ? null : body.toString())
            .build();
    try {
      HttpResponse<String> answer =
          client.getHttpClient().sendAsync(request, String.class).get(CALL_MAX_S, TimeUnit.SECONDS);
      String text = answer.body() == null || answer.body().isEmpty() ? "{}" : answer.body();
      String retryAfter = String.join(",", answer.headers("Retry-After"));
      JsonNode told = text.startsWith("{") ? Json.parsed(text) : Json.object().put("text", text);
      return new Answer(answer.code(), told, retryAfter);
    } catch (ExecutionException | TimeoutException failed) {
      throw new UncheckedIOException(
          new IOException(method + " " + path + " is not answered", failed));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(method + " " + path + " is given up"));
    }
  }

  /** Reads. */
  public Answer get(String path) {
    return send("GET", path, JSON, null);
  }
}
