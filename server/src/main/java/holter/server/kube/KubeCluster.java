package holter.server.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client of one Kubernetes API server, in one namespace. Each call has a deadline of two seconds
 * and is sent once. Thread-safe.
 */
public final class KubeCluster implements AutoCloseable {
  private static final Duration CALL_MAX = Duration.ofSeconds(2);
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;
  private static final int MULTIPLE = 300;
  private static final ObjectMapper TREES = new ObjectMapper();

  private final KubernetesClient client;
  private final String namespace;

  private KubeCluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Opens it; asks nobody yet.
   *
   * @param kubeconfig a file as kubectl has it; empty: the service account of our own pod
   * @param context of that file; empty: its current one
   * @param namespace empty: the context's, or our own pod's
   * @throws IllegalArgumentException with one line when the file cannot be used
   */
  public static KubeCluster open(String kubeconfig, String context, String namespace) {
    Config found = kubeconfig.isEmpty() ? Config.autoConfigure(null) : read(kubeconfig, context);
    Config config =
        new ConfigBuilder(found)
            .withConnectionTimeout((int) CALL_MAX.toMillis())
            .withRequestTimeout((int) CALL_MAX.toMillis())
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectLimit(0)
            .withOnlyHttpWatches(true)
            .withUserAgent("holter")
            .build();
    String inside = namespace.isEmpty() ? config.getNamespace() : namespace;
    if (inside == null || inside.isEmpty()) {
      throw new IllegalArgumentException("names no namespace; write kubernetes.namespace");
    }
    return new KubeCluster(new KubernetesClientBuilder().withConfig(config).build(), inside);
  }

  /**
   * Opens it for looking around, where no namespace is needed: without one it is {@code default},
   * as kubectl has it.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static KubeCluster openToLook(String kubeconfig, String context) {
    Config found = kubeconfig.isEmpty() ? Config.autoConfigure(null) : read(kubeconfig, context);
    String named = found.getNamespace();
    return open(kubeconfig, context, named == null || named.isEmpty() ? "default" : named);
  }

  private static Config read(String kubeconfig, String context) {
    Path file = Path.of(kubeconfig);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(kubeconfig + " cannot be read; check path and rights");
    }
    try {
      Config config =
          context.isEmpty()
              ? Config.fromKubeconfig(file.toFile())
              : Config.fromKubeconfig(context, file.toFile());
      if (!context.isEmpty()
          && (config.getCurrentContext() == null
              || !context.equals(config.getCurrentContext().getName()))) {
        throw new IllegalArgumentException(kubeconfig + " has no context " + context);
      }
      return config;
    } catch (KubernetesClientException | IllegalStateException garbled) {
      throw new IllegalArgumentException(kubeconfig + " is no kubeconfig; kubectl config view");
    }
  }

  /** The namespace that we are in. */
  public String namespace() {
    return namespace;
  }

  KubernetesClient client() {
    return client;
  }

  String podsPath() {
    return "/api/v1/namespaces/" + namespace + "/pods";
  }

  String leasesPath() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  /**
   * What is no object of the API, as a tree; empty when there is none. The client's own reader
   * knows another generation of trees.
   */
  Optional<JsonNode> tree(String path) {
    try {
      return Optional.of(TREES.readTree(client.raw(path, "GET", null)));
    } catch (JsonProcessingException garbled) {
      throw new KubernetesClientException(path + " is not answered by JSON", garbled);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** An object; empty when there is none. */
  <T> Optional<T> get(String path, Class<T> type) {
    try {
      return Optional.of(answer(client.raw(path, "GET", null), type));
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** Writes an object: {@code POST} makes it, {@code PUT} replaces it. */
  <T> T write(String method, String path, Object body, Class<T> type) {
    return answer(client.raw(path, method, body), type);
  }

  /**
   * An answer as it came, a refusal too.
   *
   * @param body empty when it was no JSON
   */
  record Answer(int code, JsonNode body) {
    boolean ok() {
      return code >= OK && code < MULTIPLE;
    }

    /** What a refusal says, with its causes, in one line. */
    String why() {
      var said = new StringBuilder().append(code);
      append(said, body.path("message").asText());
      body.path("details")
          .path("causes")
          .forEach(cause -> append(said, cause.path("message").asText()));
      return said.toString();
    }

    private static void append(StringBuilder said, String text) {
      String line = firstLine(text);
      if (!line.isEmpty() && said.indexOf(line) < 0) said.append(' ').append(line);
    }
  }

  /**
   * Sends one request, once, in any form of body, and waits for two seconds.
   *
   * @throws KubernetesClientException when there is no answer: nobody knows then whether it was
   *     done
   */
  Answer send(String method, String path, String form, JsonNode body) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path)
            .method(method, form, body.toString())
            .build();
    var answered = client.getHttpClient().sendAsync(request, String.class);
    try {
      HttpResponse<String> answer = answered.get(CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(answer.code(), parsed(answer.body()));
    } catch (ExecutionException | TimeoutException failed) {
      answered.cancel(true);
      throw new KubernetesClientException(method + " " + path + " is not answered", failed);
    } catch (InterruptedException closing) {
      answered.cancel(true);
      Thread.currentThread().interrupt();
      throw new KubernetesClientException(method + " " + path + " is given up", closing);
    }
  }

  private static JsonNode parsed(@Nullable String text) {
    try {
      return TREES.readTree(text == null ? "" : text);
    } catch (JsonProcessingException garbled) {
      return TREES.createObjectNode();
    }
  }

  /** An empty object, to be filled and sent. */
  static ObjectNode object() {
    return TREES.createObjectNode();
  }

  /** Deletes by options. */
  void delete(String path, Object options) {
    client.raw(path, "DELETE", options);
  }

  private static <T> T answer(String body, Class<T> type) {
    T answer = Serialization.unmarshal(body, type);
    if (answer == null) {
      throw new KubernetesClientException("the API server's answer is empty");
    }
    return answer;
  }

  /** What a refusal says, in one line. */
  static String why(KubernetesClientException refused) {
    if (refused.getStatus() != null && refused.getStatus().getMessage() != null) {
      return refused.getCode() + " " + firstLine(refused.getStatus().getMessage());
    }
    if (refused.getCode() > 0) {
      return "the API server answers " + refused.getCode();
    }
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    return "the API server is not reached: " + cause.getClass().getSimpleName();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    client.close();
  }
}
