package holter.lab.broker;

import holter.lab.net.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A cluster.
 *
 * @param version one that {@code lab/kafka} has a pom for, as 0.10.1.1, 3.9.2, 4.4.0
 * @param brokers at least one, each on a host of its own
 * @param controlHost where ZooKeeper or the KRaft controller runs
 * @param controlRoute whether the brokers' session with it passes the NICs
 * @param settings broker settings in addition to the stock ones, as zookeeper.session.timeout.ms
 * @param doors which listeners a broker has
 * @param jmx whether brokers answer by JMX, without a login, at port 9999 of their host
 */
public record KafkaSpec(
    String version,
    List<BrokerSpec> brokers,
    String controlHost,
    Route controlRoute,
    Map<String, String> settings,
    Doors doors,
    boolean jmx) {
  public KafkaSpec {
    brokers = List.copyOf(brokers);
    settings = Map.copyOf(settings);
  }

  public KafkaSpec(
      String version,
      List<BrokerSpec> brokers,
      String controlHost,
      Route controlRoute,
      Map<String, String> settings) {
    this(version, brokers, controlHost, controlRoute, settings, Doors.ONE, false);
  }

  /** Ports of every broker beside the one for clients. */
  List<Integer> furtherPorts() {
    var ports = new ArrayList<Integer>();
    if (jmx) {
      ports.add(ServerProperties.JMX_PORT);
    }
    if (doors != Doors.ONE) {
      ports.add(ServerProperties.INTERNAL_PORT);
    }
    return ports;
  }

  /** Listeners of a broker. Those for replication and the lab's own eye need KRaft. */
  public enum Doors {
    /** One for everybody, without a login. */
    ONE,
    /** A second for replication and the lab, so that what is advertised to clients can be wrong. */
    INTERNAL,
    /**
     * As {@code INTERNAL}, and clients log in by SCRAM-SHA-256 and have the rights they are given.
     */
    SCRAM
  }
}
