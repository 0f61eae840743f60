package holter.lab.cases;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import holter.lab.scenario.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is done to a case's world at one moment. */
public sealed interface Strike {
  /** Hosts that it names. */
  default List<String> hosts() {
    return List.of();
  }

  /** A fault of the network, as scenarios have it: nicSaturate, nicRate or link. */
  record Network(Fault fault) implements Strike {
    @Override
    public List<String> hosts() {
      return fault.hosts();
    }
  }

  /** What is done to a broker's process. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  enum Act {
    /** SIGKILL; it stays down unless the dose has an end. */
    KILL,
    /** SIGSTOP, until the dose ends. */
    STOP,
    /** Ended in order and started again at once. */
    RESTART
  }

  /** A broker's process. */
  record Broker(int id, Act action) implements Strike {}

  /** A broker's process gets so much of one processor and no more, until the dose ends. */
  record Cpu(int broker, int percent) implements Strike {
    public Cpu {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException("percent is 1 to 100 of one processor");
      }
    }
  }

  /** The rest of a broker's small disk is filled by a file that is not Kafka's. */
  record Disk(int broker) implements Strike {}

  /** A data directory of a broker is gone, as one whose disk was unmounted; counted from 1. */
  record Dir(int broker, int number) implements Strike {}

  /** Overrides of a topic's configs. */
  record TopicConfig(String topic, Map<String, String> set) implements Strike {
    public TopicConfig {
      set = set == null ? Map.of() : Map.copyOf(set);
    }
  }

  /** A client's process; a stopped one goes on at the dose's end. */
  record OfClient(String name, Act action) implements Strike {
    public OfClient {
      if (action == Act.RESTART) {
        throw new IllegalArgumentException(
            "a client is killed or stopped; restartEvery makes a consumer come and go");
      }
    }
  }

  /** Partitions are added to a topic, until there are so many. */
  record Partitions(String topic, int to) implements Strike {}

  /** A broker's process may have so many more files and connections open than it has. */
  record Files(int broker, int more) implements Strike {}

  /** The process of the KRaft controller, or of ZooKeeper. */
  record Control(Act action) implements Strike {
    public Control {
      if (action == Act.RESTART) {
        throw new IllegalArgumentException("the controller is killed or stopped");
      }
    }
  }

  /**
   * What a live network does to brokers that are well: scanners, browsers and TLS at the wrong
   * door, topics that come and go. Their logs fill with warnings, and nothing is broken.
   *
   * @param every from one disturbance to the next
   */
  record Noise(Duration every) implements Strike {
    public Noise {
      if (every == null || every.toMillis() < 50) {
        throw new IllegalArgumentException("noise: 'every' is at least 50ms");
      }
    }
  }

  /** A quota of a client id. */
  record Quota(String clientId, long producerBytesPerS) implements Strike {}

  /** A user's login is deleted. */
  record User(String delete) implements Strike {}

  /** A user's right to write is taken away. */
  record Acl(String user, String topic) implements Strike {}
}
