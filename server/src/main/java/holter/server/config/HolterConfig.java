package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import holter.channel.TwinName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All of {@code holter.yaml}; docs/configuration.md is its documentation, held true by a test.
 * Defaults stand in the creators, refusals in the constructors. Immutable.
 *
 * @param cluster a name for people
 * @param kafka how to reach the cluster
 * @param heartbeat what the fleet beats on
 * @param registry where registrations travel
 * @param detect when silence counts
 * @param probe the lanes
 * @param instances how instances are asked
 * @param runner who restarts
 * @param evidence what is collected for a diagnosis
 * @param listen where Holter answers
 * @param store where Holter remembers
 * @param lease what several orchestrators agree by on who leads
 * @param kubernetes how to reach the Kubernetes that the fleet runs on
 * @param remedies what may be done about what is found
 */
public record HolterConfig(
    String cluster,
    Kafka kafka,
    Heartbeat heartbeat,
    Registry registry,
    Detect detect,
    Probe probe,
    Instances instances,
    Runner runner,
    Evidence evidence,
    Listen listen,
    Stored store,
    LeaseBy lease,
    Kubernetes kubernetes,
    Remedies remedies) {

  public HolterConfig {
    if (probe.twinTopic().equals(heartbeat.topic()) || probe.twinTopic().equals(registry.topic())) {
      throw new BadConfig("probe.twinTopic", "is a topic of yours", "name one of Holter's own");
    }
    if (heartbeat.topic().equals(registry.topic())) {
      throw new BadConfig("registry.topic", "equals heartbeat.topic", "name another topic");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static HolterConfig of(
      @Nullable String cluster,
      @Nullable Kafka kafka,
      @Nullable Heartbeat heartbeat,
      @Nullable Registry registry,
      @Nullable Detect detect,
      @Nullable Probe probe,
      @Nullable Instances instances,
      @Nullable Runner runner,
      @Nullable Evidence evidence,
      @Nullable Listen listen,
      @Nullable Stored store,
      @Nullable LeaseBy lease,
      @Nullable Kubernetes kubernetes,
      @Nullable Remedies remedies) {
    Heartbeat beats = heartbeat == null ? Heartbeat.of(null, null) : heartbeat;
    Probe lanes = probe == null ? Probe.of(null, null, null, null) : probe;
    return new HolterConfig(
        Check.required("cluster", cluster),
        kafka == null ? Kafka.of(null, null, null) : kafka,
        beats,
        registry == null ? Registry.of(null) : registry,
        detect == null ? Detect.of(null, null, null) : detect,
        lanes.twinTopic().isEmpty() ? lanes.twin(TwinName.of(beats.topic())) : lanes,
        instances == null ? Instances.of(null, null) : instances,
        runner == null ? Runner.of(null, null, null, null, null) : runner,
        evidence == null ? Evidence.of(null, null, null, null, null, null, null) : evidence,
        listen == null ? Listen.of(null, null, null, null) : listen,
        store == null ? Stored.of(null, null, null) : store,
        lease == null ? LeaseBy.of(null, null) : lease,
        kubernetes == null ? Kubernetes.of(null, null, null) : kubernetes,
        remedies == null ? Remedies.of(null, null, null, null, null) : remedies);
  }

  /**
   * @param bootstrapServers addresses to begin with, {@code host:port}
   * @param commandConfig a client properties file; empty for none
   * @param zookeeper connect string of the cluster's ZooKeeper, read only; empty for none
   */
  public record Kafka(List<String> bootstrapServers, String commandConfig, String zookeeper) {
    public Kafka {
      bootstrapServers = List.copyOf(bootstrapServers);
      if (bootstrapServers.isEmpty()) {
        throw new BadConfig(
            "kafka.bootstrapServers", "is missing", "write [host:9092, host2:9092]");
      }
      bootstrapServers.forEach(address -> Check.hostPort("kafka.bootstrapServers", address));
      if (!zookeeper.isEmpty()) {
        int chroot = zookeeper.indexOf('/');
        String hosts = chroot < 0 ? zookeeper : zookeeper.substring(0, chroot);
        for (String address : List.of(hosts.split(",", -1))) {
          Check.hostPort("kafka.zookeeper", address);
        }
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Kafka of(
        @Nullable List<String> bootstrapServers,
        @Nullable String commandConfig,
        @Nullable String zookeeper) {
      return new Kafka(
          bootstrapServers == null ? List.of() : bootstrapServers,
          commandConfig == null ? "" : commandConfig,
          zookeeper == null ? "" : zookeeper);
    }
  }

  /**
   * @param topic the heartbeat topic
   * @param groups how foreign beats are read
   */
  public record Heartbeat(String topic, List<Group> groups) {
    public Heartbeat {
      Check.topic("heartbeat.topic", topic);
      groups = List.copyOf(groups);
      Set<String> names = new HashSet<>();
      for (Group group : groups) {
        if (!names.add(group.name())) {
          throw new BadConfig(
              "heartbeat.groups", "names \"" + group.name() + "\" twice", "give each its own name");
        }
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Heartbeat of(@Nullable String topic, @Nullable List<Group> groups) {
      return new Heartbeat(
          topic == null ? "HeartBeat" : topic, groups == null ? List.of() : groups);
    }
  }

  /**
   * @param name for people
   * @param from where the instance id stands: {@code key}, {@code json:/pointer}, {@code
   *     header:NAME}
   * @param interval between beats
   */
  public record Group(String name, String from, Duration interval) {
    public Group {
      if (!from.equals("key") && !from.matches("json:/.+|header:.+")) {
        throw new BadConfig(
            "heartbeat.groups.from",
            "is \"" + from + "\"",
            "write key, json:/pointer or header:NAME");
      }
      Check.within(
          "heartbeat.groups.interval", interval, Duration.ofMillis(100), Duration.ofHours(1));
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Group of(@Nullable String name, @Nullable String from, @Nullable Duration interval) {
      return new Group(
          Check.required("heartbeat.groups.name", name),
          Check.required("heartbeat.groups.from", from),
          interval == null ? Duration.ZERO : interval);
    }
  }

  /** Where registrations travel. */
  public record Registry(String topic) {
    public Registry {
      Check.topic("registry.topic", topic);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Registry of(@Nullable String topic) {
      return new Registry(topic == null ? "Registry" : topic);
    }
  }

  /**
   * @param missedSlotsMax countable misses before an inference
   * @param startupWithin an instance not heard for this long while it joins is suspect
   * @param workMayStand an instance that beats is dead when its work counter stands longer; zero:
   *     work may stand as long as it likes
   */
  public record Detect(int missedSlotsMax, Duration startupWithin, Duration workMayStand) {
    public Detect {
      if (missedSlotsMax < 2) {
        throw new BadConfig(
            "detect.missedSlotsMax",
            "is " + missedSlotsMax,
            "write at least 2: one lost record is not a death");
      }
      Check.within("detect.missedSlotsMax", missedSlotsMax, 2, 100);
      Check.within(
          "detect.startupWithin", startupWithin, Duration.ofSeconds(1), Duration.ofHours(1));
      if (!workMayStand.isZero()) {
        Check.within(
            "detect.workMayStand", workMayStand, Duration.ofSeconds(1), Duration.ofHours(24));
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Detect of(
        @Nullable Integer missedSlotsMax,
        @Nullable Duration startupWithin,
        @Nullable Duration workMayStand) {
      return new Detect(
          missedSlotsMax == null ? 3 : missedSlotsMax,
          startupWithin == null ? Duration.ofSeconds(60) : startupWithin,
          workMayStand == null ? Duration.ZERO : workMayStand);
    }
  }

  /**
   * @param every between samples of one lane
   * @param deadline of one sample
   * @param twinTopic the topic the lanes write to
   * @param write whether they may
   */
  public record Probe(Duration every, Duration deadline, String twinTopic, boolean write) {
    public Probe {
      Check.within("probe.every", every, Duration.ofMillis(200), Duration.ofMinutes(1));
      Check.within("probe.deadline", deadline, Duration.ofMillis(200), Duration.ofMinutes(1));
      if (!twinTopic.isEmpty()) {
        Check.topic("probe.twinTopic", twinTopic);
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Probe of(
        @Nullable Duration every,
        @Nullable Duration deadline,
        @Nullable String twinTopic,
        @Nullable Boolean write) {
      return new Probe(
          every == null ? Duration.ofSeconds(1) : every,
          deadline == null ? Duration.ofSeconds(2) : deadline,
          twinTopic == null ? "" : twinTopic,
          write == null || write);
    }

    Probe twin(String topic) {
      return new Probe(every, deadline, topic, write);
    }
  }

  /**
   * @param probeAllow networks an instance may be asked in
   * @param probeTimeout of one question, connect included
   */
  public record Instances(List<String> probeAllow, Duration probeTimeout) {
    public Instances {
      probeAllow = List.copyOf(probeAllow);
      probeAllow.forEach(network -> Check.network("instances.probeAllow", network));
      Check.within(
          "instances.probeTimeout", probeTimeout, Duration.ofMillis(100), Duration.ofSeconds(10));
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Instances of(@Nullable List<String> probeAllow, @Nullable Duration probeTimeout) {
      return new Instances(
          probeAllow == null ? List.of("127.0.0.0/8") : probeAllow,
          probeTimeout == null ? Duration.ofMillis(700) : probeTimeout);
    }
  }
}
