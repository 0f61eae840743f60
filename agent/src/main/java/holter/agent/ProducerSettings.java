package holter.agent;

import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The settings of the two producers. Each has a connection, a buffer and a network thread of its
 * own, so that neither ever waits for the other. Idempotence is off in both: brokers below 0.11
 * refuse it, and readers order by sequence number.
 */
final class ProducerSettings {
  private ProducerSettings() {}

  /**
   * For beats: the next slot is the retry, so nothing is repeated and nothing waits. A beat that no
   * leader acknowledges within two seconds is given up. At most {@code 2 s / interval} beats are
   * under way, each a batch of its own or part of a small one: 4 MB never fill, whatever hangs.
   */
  static Properties beats(AgentConfig.Channel channel, String instance, long intervalMs) {
    Properties p = base(channel, "holter-beats-" + instance);
    p.put("acks", "1");
    p.put("retries", "0");
    p.put("request.timeout.ms", "1000");
    p.put("delivery.timeout.ms", "2000");
    p.put("max.block.ms", Long.toString(Math.min(100, intervalMs / 2)));
    p.put("batch.size", "1024");
    p.put("socket.connection.setup.timeout.ms", "1000");
    p.put("socket.connection.setup.timeout.max.ms", "2000");
    p.putAll(channel.clientProperties());
    return p;
  }

  /**
   * For registrations: all replicas, retried by the client for ten seconds and by the registrar for
   * as long as it takes. Connections are tried often: a broker that is there again is found soon.
   * The topic stays known however long no DTU dials: finding it anew takes longer than may be
   * waited for.
   */
  static Properties registrations(AgentConfig.Channel channel, String instance) {
    Properties p = base(channel, "holter-registrations-" + instance);
    p.put("acks", "all");
    p.put("retries", Integer.toString(Integer.MAX_VALUE));
    p.put("request.timeout.ms", "3000");
    p.put("delivery.timeout.ms", "10000");
    p.put("max.block.ms", "100");
    p.put("metadata.max.idle.ms", Integer.toString(Integer.MAX_VALUE));
    p.put("batch.size", "4096");
    p.put("retry.backoff.ms", "100");
    p.put("retry.backoff.max.ms", "500");
    p.put("reconnect.backoff.max.ms", "400");
    p.put("socket.connection.setup.timeout.ms", "1000");
    p.put("socket.connection.setup.timeout.max.ms", "1200");
    p.putAll(channel.clientProperties());
    return p;
  }

  /** A producer; may wait for name resolution, and throws when no bootstrap name resolves. */
  static Producer<byte[], byte[]> open(Properties settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Properties base(AgentConfig.Channel channel, String clientId) {
    Properties p = new Properties();
    p.put("bootstrap.servers", channel.bootstrapServers());
    p.put("client.id", clientId);
    p.put("enable.idempotence", "false");
    p.put("linger.ms", "0");
    p.put("buffer.memory", Integer.toString(4 << 20));
    p.put("compression.type", "none");
    p.put("reconnect.backoff.ms", "50");
    p.put("reconnect.backoff.max.ms", "1000");
    p.put("metadata.max.age.ms", "30000");
    p.put("enable.metrics.push", "false");
    p.put("auto.include.jmx.reporter", "false");
    return p;
  }
}
