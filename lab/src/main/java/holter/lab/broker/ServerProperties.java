package holter.lab.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The properties files of a cluster's processes. Whatever decides about replication, sessions and
 * time-outs keeps the version's default unless the spec overrides it; only sizes that cost memory
 * are smaller.
 */
final class ServerProperties {
  static final int BROKER_PORT = 6667; // as HDP has it, and the incident

  /** Where replication and the lab's own eye dial when they have a listener of their own. */
  static final int INTERNAL_PORT = 6669;

  static final int JMX_PORT = 9999;
  static final int ZOOKEEPER_PORT = 2181;
  static final int CONTROLLER_PORT = 9093;

  /** The controller's node id; ids from 1001 on are the brokers'. */
  static final int CONTROLLER_ID = 1;

  /** A connection must log in again so often: who lost its login is out by then. */
  private static final String REAUTH_MS = "5000";

  private static final String CLEANER_BYTES = Integer.toString(4 << 20);
  private static final int OFFSETS_PARTITIONS = 6;

  private final KafkaSpec spec;
  private final KafkaVersion version;

  ServerProperties(KafkaSpec spec) {
    this.spec = spec;
    this.version = KafkaVersion.of(spec.version());
  }

  Map<String, String> broker(BrokerSpec broker, List<Path> data) {
    var settings = new LinkedHashMap<String, String>();
    if (version.kraft()) {
      settings.put("process.roles", "broker");
      settings.put("node.id", Integer.toString(broker.id()));
      quorum(settings);
    } else {
      settings.put("broker.id", Integer.toString(broker.id()));
      settings.put("zookeeper.connect", spec.controlHost() + ":" + ZOOKEEPER_PORT);
    }
    settings.put("reserved.broker.max.id", "1000000");
    listeners(broker, settings);
    settings.put("log.dirs", data.stream().map(Path::toString).collect(Collectors.joining(",")));
    internalTopics(settings);
    settings.putAll(spec.settings());
    settings.putAll(broker.settings());
    return settings;
  }

  private void listeners(BrokerSpec broker, Map<String, String> settings) {
    var name = spec.doors() == KafkaSpec.Doors.SCRAM ? "SASL_PLAINTEXT" : "PLAINTEXT";
    var told = broker.advertised().isEmpty() ? broker.host() : broker.advertised();
    var own = "%s://%s:%d".formatted(name, broker.host(), BROKER_PORT);
    var advertised = "%s://%s:%d".formatted(name, told, BROKER_PORT);
    if (spec.doors() == KafkaSpec.Doors.ONE) {
      settings.put("listeners", own);
      settings.put("advertised.listeners", advertised);
      return;
    }
    var internal = "INTERNAL://%s:%d".formatted(broker.host(), INTERNAL_PORT);
    settings.put("listeners", own + "," + internal);
    settings.put("advertised.listeners", advertised + "," + internal);
    settings.put("inter.broker.listener.name", "INTERNAL");
    if (spec.doors() == KafkaSpec.Doors.SCRAM) {
      var login = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
      settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
      settings.put("listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config", login);
      settings.put("connections.max.reauth.ms", REAUTH_MS);
      authorizer(settings);
    }
  }

  /** Whoever comes by the inner listener may do all; it is the lab and the brokers. */
  private static void authorizer(Map<String, String> settings) {
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
  }

  private void internalTopics(Map<String, String> settings) {
    var replicas = Integer.toString(Math.min(3, spec.brokers().size()));
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("offsets.topic.num.partitions", Integer.toString(OFFSETS_PARTITIONS));
    settings.put("log.cleaner.dedupe.buffer.size", CLEANER_BYTES);
    if (version.major() > 0) {
      settings.put("transaction.state.log.replication.factor", replicas);
      settings.put("transaction.state.log.min.isr", "1");
    }
    if (version.major() >= 4) {
      settings.put("share.coordinator.state.topic.replication.factor", replicas);
      settings.put("share.coordinator.state.topic.min.isr", "1");
    }
  }

  Map<String, String> controller(Path data) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("process.roles", "controller");
    settings.put("node.id", Integer.toString(CONTROLLER_ID));
    quorum(settings);
    settings.put("listeners", "CONTROLLER://%s:%d".formatted(spec.controlHost(), CONTROLLER_PORT));
    settings.put("log.dirs", data.toString());
    settings.putAll(spec.settings());
    if (spec.doors() == KafkaSpec.Doors.SCRAM) {
      authorizer(settings);
    }
    return settings;
  }

  private void quorum(Map<String, String> settings) {
    settings.put(
        "controller.quorum.voters",
        "%d@%s:%d".formatted(CONTROLLER_ID, spec.controlHost(), CONTROLLER_PORT));
    settings.put("controller.listener.names", "CONTROLLER");
    var inner = spec.doors() == KafkaSpec.Doors.ONE ? "" : ",INTERNAL:PLAINTEXT";
    var login = spec.doors() == KafkaSpec.Doors.SCRAM ? ",SASL_PLAINTEXT:SASL_PLAINTEXT" : "";
    settings.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT" + inner + login);
  }

  Map<String, String> zookeeper(Path data) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("dataDir", data.toString());
    settings.put("clientPort", Integer.toString(ZOOKEEPER_PORT));
    settings.put("clientPortAddress", spec.controlHost());
    settings.put("maxClientCnxns", "0");
    if (version.major() > 0) {
      settings.put("admin.enableServer", "false");
    }
    return settings;
  }

  /** What says that a data directory belongs to this cluster and node. */
  static Map<String, String> meta(String clusterId, int nodeId) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("version", "1");
    settings.put("cluster.id", clusterId);
    settings.put("node.id", Integer.toString(nodeId));
    return settings;
  }
}
