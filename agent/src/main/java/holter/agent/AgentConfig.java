package holter.agent;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything an agent is told. Start with {@link #of} and change what differs; each setting is
 * checked when it is set and a refusal names it.
 *
 * @param instance the worker's name, unique in the fleet and the same in each life; 1 to 200
 *     printable characters
 * @param host the name of the host it runs on
 * @param stateDir a folder of this instance's own that outlives the process: incarnation counter
 *     and unacknowledged registrations
 * @param interval time between two beats, 100 ms to 1 h
 * @param channel the Kafka side
 * @param answering where it answers on demand; null for nowhere
 * @param orchestrator the second path, by HTTP; null for none
 * @param work the worker's progress counter, null when it has none. Read on the beat thread once
 *     per beat: one that blocks stops the beats, for a worker whose counter cannot be read is hung
 * @param registering times of the registrations
 */
public record AgentConfig(
    String instance,
    String host,
    Path stateDir,
    Duration interval,
    Channel channel,
    @Nullable Answering answering,
    @Nullable Orchestrator orchestrator,
    @Nullable LongSupplier work,
    Registering registering) {

  /**
   * The Kafka side.
   *
   * @param bootstrapServers as every Kafka client takes it
   * @param beatTopic the topic of the beats
   * @param registryTopic the topic of the registrations
   * @param clientProperties further client properties (security, DNS); they win over the agent's
   *     own, so leave timeouts and buffers out
   */
  public record Channel(
      String bootstrapServers,
      String beatTopic,
      String registryTopic,
      Map<String, String> clientProperties) {
    public Channel {
      require(!bootstrapServers.isBlank(), "bootstrapServers", bootstrapServers, "host:port,…");
      require(!beatTopic.isBlank(), "beatTopic", beatTopic, "a topic name");
      require(!registryTopic.isBlank(), "registryTopic", registryTopic, "a topic name");
      clientProperties = Map.copyOf(clientProperties);
    }
  }

  /**
   * Where the agent answers {@code GET /answer}.
   *
   * @param bind the address to listen on
   * @param port the port, 0 for any free one
   * @param advertisedUrl what the beats tell, null for {@code http://<host>:<port>}
   */
  public record Answering(String bind, int port, @Nullable String advertisedUrl) {
    public Answering {
      require(!bind.isBlank(), "answering.bind", bind, "an address of this host");
      require(port >= 0 && port <= 65535, "answering.port", port, "0 to 65535");
    }
  }

  /**
   * The listeners for agents of the orchestrator's replicas; one is enough.
   *
   * @param urls their roots, for example {@code http://orchestrator:4659}; 1 to 8
   * @param token the bearer token, the same for all
   */
  public record Orchestrator(List<URI> urls, String token) {
    private static final int URLS_MAX = 8;

    public Orchestrator {
      urls = List.copyOf(urls);
      boolean some = !urls.isEmpty() && urls.size() <= URLS_MAX;
      require(some, "orchestrator.urls", urls, "1 to " + URLS_MAX + " of them");
      for (URI url : urls) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        require(web && url.getHost() != null, "orchestrator.url", url, "http://host:port");
      }
    }

    @Override
    public String toString() {
      return "Orchestrator[urls=" + urls + ", token=…]";
    }
  }

  /**
   * Times of the registrations.
   *
   * @param announceEvery a held registration is announced again this often, at least 1 s
   * @param hedgeAfter without an acknowledgement for this long it also goes by HTTP
   */
  public record Registering(Duration announceEvery, Duration hedgeAfter) {
    public static final Registering DEFAULT =
        new Registering(Duration.ofSeconds(30), Duration.ofMillis(300));

    public Registering {
      require(announceEvery.toMillis() >= 1000, "announceEvery", announceEvery, "at least 1 s");
      require(!hedgeAfter.isNegative(), "hedgeAfter", hedgeAfter, "0 or more");
    }
  }

  public AgentConfig {
    require(Text.isName(instance), "instance", instance, "1 to 200 printable characters");
    long ms = interval.toMillis();
    require(ms >= 100 && ms <= 3_600_000, "interval", interval, "100 ms to 1 h");
  }

  /** The smallest configuration: beats once a second to topic {@code HeartBeat}. */
  public static AgentConfig of(String instance, String bootstrapServers, Path stateDir) {
    return new AgentConfig(
        instance,
        localHostName(),
        stateDir,
        Duration.ofSeconds(1),
        new Channel(bootstrapServers, "HeartBeat", "Registry", Map.of()),
        null,
        null,
        null,
        Registering.DEFAULT);
  }

  /** The same with another interval between beats. */
  public AgentConfig withInterval(Duration every) {
    return new AgentConfig(
        instance, host, stateDir, every, channel, answering, orchestrator, work, registering);
  }

  /** The same on a host of this name. */
  public AgentConfig withHost(String name) {
    return new AgentConfig(
        instance, name, stateDir, interval, channel, answering, orchestrator, work, registering);
  }

  /** The same with other topics. */
  public AgentConfig withTopics(String beatTopic, String registryTopic) {
    var other =
        new Channel(channel.bootstrapServers, beatTopic, registryTopic, channel.clientProperties);
    return new AgentConfig(
        instance, host, stateDir, interval, other, answering, orchestrator, work, registering);
  }

  /** The same with further Kafka client properties, for example those of TLS and SASL. */
  public AgentConfig withClientProperties(Map<String, String> properties) {
    var other =
        new Channel(channel.bootstrapServers, channel.beatTopic, channel.registryTopic, properties);
    return new AgentConfig(
        instance, host, stateDir, interval, other, answering, orchestrator, work, registering);
  }

  /** The same, answering on demand at an address; port 0 takes any free one. */
  public AgentConfig answeringOn(String bind, int port) {
    return answeringOn(new Answering(bind, port, null));
  }

  /** The same, answering on demand. */
  public AgentConfig answeringOn(Answering where) {
    return new AgentConfig(
        instance, host, stateDir, interval, channel, where, orchestrator, work, registering);
  }

  /** The same with a second path by HTTP for registrations, and for beats that Kafka refuses. */
  public AgentConfig withOrchestrator(URI url, String token) {
    return withOrchestrators(List.of(url), token);
  }

  /** The same with a second path by HTTP to replicas of the orchestrator, whichever leads. */
  public AgentConfig withOrchestrators(List<URI> urls, String token) {
    var second = new Orchestrator(urls, token);
    return new AgentConfig(
        instance, host, stateDir, interval, channel, answering, second, work, registering);
  }

  /** The same with a progress counter. */
  public AgentConfig withWork(LongSupplier counter) {
    return new AgentConfig(
        instance, host, stateDir, interval, channel, answering, orchestrator, counter, registering);
  }

  /** The same with other times of the registrations. */
  public AgentConfig withRegistering(Registering times) {
    return new AgentConfig(
        instance, host, stateDir, interval, channel, answering, orchestrator, work, times);
  }

  private static String localHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static void require(boolean holds, String key, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(
          "agent setting " + key + " = '" + value + "': not usable; write " + wanted);
    }
  }
}
