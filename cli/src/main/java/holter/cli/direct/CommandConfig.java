package holter.cli.direct;

import holter.cli.Refusal;
import holter.server.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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

  /** Tells what no client takes, before any broker is asked. */
  static void tryOut(KafkaSettings kafka, Path file) {
    try {
      kafka.tryOut();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(
          "the client properties in " + file + " cannot be used",
          String.valueOf(e.getMessage()),
          "correct them");
    }
  }
}
