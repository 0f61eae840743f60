package holter.lab.speed;

import holter.lab.broker.BrokerSpec;
import holter.lab.broker.KafkaSpec;
import holter.lab.broker.LabKafka;
import holter.lab.broker.TopicSpec;
import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.Opened;
import holter.lab.process.RunDirectory;
import holter.server.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One real broker of 3.9.2 with the heartbeat topic. This process stands on the broker's own host,
 * so that its bytes pass no emulated network. Closing it ends the processes and removes the data.
 */
public final class OneBroker implements AutoCloseable {
  static final String TOPIC = "HeartBeat";
  static final int PARTITIONS = 5;
  private static final int ID = 1001;
  private static final String HOST = "iota-m1";
  private static final String CONTROL_HOST = "iota-control";

  private final Opened opened;
  private final Path directory;
  private final Children children;
  private final LabNet net;
  private final LabKafka kafka;

  private OneBroker(Consumer<String> progress) {
    this.opened = new Opened("speed-ends", progress);
    try {
      directory = opened.add(RunDirectory.open(HolterHome.path())).path();
      children = opened.add(new Children());
      var hosts = List.of(HostSpec.unlimited(HOST), HostSpec.unlimited(CONTROL_HOST));
      net = opened.add(LabNet.open(directory.resolve("hosts"), hosts, HOST));
      var brokers = List.of(new BrokerSpec(ID, HOST));
      var spec = new KafkaSpec("3.9.2", brokers, CONTROL_HOST, Route.OWN, Map.of());
      kafka = opened.add(LabKafka.start(spec, net, children, directory.resolve("kafka"), progress));
      kafka.createTopics(
          List.of(new TopicSpec(TOPIC, Collections.nCopies(PARTITIONS, List.of(ID)))));
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** Starts it; returns when it leads all partitions. */
  public static OneBroker start(Consumer<String> progress) {
    return new OneBroker(progress);
  }

  /** Where it listens, as {@link #hostsFile} has it. */
  public String bootstrap() {
    return kafka.bootstrap();
  }

  KafkaSettings settings() {
    return KafkaSettings.of(List.of(bootstrap()));
  }

  /** Where other processes of the run may keep files. */
  public Path directory() {
    return directory;
  }

  /** How a child process sees the broker's name. */
  public Path hostsFile() {
    return net.hostsFile(HOST);
  }

  /** Processes that end with this one. */
  public Children children() {
    return children;
  }

  @Override
  public void close() {
    opened.close();
  }
}
