package holter.server.kafka;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Kafka prints every setting of every client at start; with one client per broker that drowns. */
final class QuietConfig extends AdminClientConfig {
  QuietConfig(Map<String, Object> properties) {
    super(properties, false);
  }
}
