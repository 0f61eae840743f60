package holter.cli.direct;

import holter.cli.Refusal;
import holter.server.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Client properties of a user's: tried out before any broker is asked. */
final class CommandConfig {
  private CommandConfig() {}

  /** The properties that a client of this cluster needs, for a client that lists names. */
  static Map<String, Object> client(KafkaSettings kafka, int deadlineMs) {
    Map<String, Object> all = new HashMap<>(kafka.clientProperties());
    all.put("bootstrap.servers", String.join(",", kafka.bootstrapServers()));
    all.put("client.id", "holter");
    all.put("request.timeout.ms", deadlineMs / 2);
    all.put("default.api.timeout.ms", deadlineMs);
    all.put("enable.metrics.push", false);
    return all;
  }

  /**
   * Builds a client and closes it, so that an unknown mechanism, a missing key store or a wrong
   * password is told as what it is and not as a broker that does not answer.
   */
  static void tryOut(KafkaSettings kafka, Path file) {
    // A name that does not resolve is another mistake and told elsewhere: here loopback stands in.
    KafkaSettings here =
        new KafkaSettings(java.util.List.of("127.0.0.1:1"), kafka.clientProperties());
    try (Admin admin = Admin.create(client(here, 1000))) {
      admin.close(java.time.Duration.ZERO);
    } catch (KafkaException e) {
      throw Refusal.usage(
          "the client properties in " + file + " cannot be used", deepest(e), "correct them");
    }
  }

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
