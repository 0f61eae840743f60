package holter.server;

import holter.channel.ClusterMap;
import holter.server.config.HolterConfig;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.MapReader;
import holter.server.kafka.TwinState;
import holter.server.kafka.TwinTopic;
import holter.server.zookeeper.ZooKeeperReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the twin topic exists once the heartbeat topic is known, and says in one line, at
 * each change, when it cannot be had. Without {@code probe.write} it only looks.
 */
final class TwinKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TwinKeeper.class);
  private static final Duration DEADLINE = Duration.ofSeconds(8);
  private static final Duration UNTIL_KNOWN = Duration.ofMillis(300);
  private static final Duration AGAIN_WHEN_BAD = Duration.ofSeconds(10);
  private static final Duration AGAIN_WHEN_GOOD = Duration.ofSeconds(60);

  private final HolterConfig config;
  private final MapReader maps;
  private final TwinTopic twin;
  private final EngineClock clock;
  private final Thread thread;
  private String said = "";

  TwinKeeper(HolterConfig config, KafkaSettings kafka, MapReader maps, EngineClock clock) {
    this.config = config;
    this.maps = maps;
    this.clock = clock;
    this.twin = new TwinTopic(kafka, config.probe().twinTopic());
    this.thread = Thread.ofVirtual().name("twin").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Optional<ClusterMap> topic = maps.map(config.heartbeat().topic());
        if (topic.isEmpty() || topic.get().partitions().isEmpty()) {
          Thread.sleep(UNTIL_KNOWN);
          continue;
        }
        TwinState state = keep(topic.get());
        say(state);
        Thread.sleep(state.why().isEmpty() ? AGAIN_WHEN_GOOD : AGAIN_WHEN_BAD);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private TwinState keep(ClusterMap topic) {
    Optional<ClusterMap> present = maps.map(config.probe().twinTopic());
    if (!config.probe().write()) {
      return twin.look(topic, present);
    }
    boolean missing =
        present.map(map -> map.partitions().size() < topic.partitions().size()).orElse(true);
    TwinState state = twin.ensure(topic, present, missing ? order() : Map.of(), DEADLINE);
    if (missing) {
      maps.refreshSoon();
    }
    return state;
  }

  /** Replica lists in their true order, which 0.10's metadata does not keep. */
  private Map<Integer, List<Integer>> order() {
    String connect = config.kafka().zookeeper();
    return connect.isEmpty()
        ? Map.of()
        : new ZooKeeperReader(connect, clock)
            .read(config.heartbeat().topic(), Set.of(), DEADLINE)
            .replicaOrder();
  }

  private void say(TwinState state) {
    if (state.why().equals(said)) {
      return;
    }
    said = state.why();
    if (said.isEmpty()) {
      LOG.atInfo().addKeyValue("topic", config.probe().twinTopic()).log("twin topic stands");
    } else {
      LOG.atWarn()
          .addKeyValue("topic", config.probe().twinTopic())
          .addKeyValue("why", said)
          .log("twin topic is not as it should be; such lanes only fetch");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
