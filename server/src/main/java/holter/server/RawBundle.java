package holter.server;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.bundle.BundleWords;
import holter.server.bundle.Losses;
import holter.server.bundle.Manifest;
import holter.server.host.ConsoleText;
import holter.server.kafka.DescribedTopics;
import holter.server.kube.KubectlText;
import holter.server.log.BrokerLogs;
import holter.server.log.LogOwners;
import holter.server.log.LogSource;
import holter.server.log.LogWindow;
import holter.server.log.NamedLogs;
import holter.server.text.Unanswered;
import holter.server.zookeeper.ShellText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The raw parts of a bundle, as people copied them: each becomes the observations that it would
 * have been live. A part that cannot be read is lost alone, and told. Used once, by one thread.
 */
final class RawBundle {
  private static final int FILE_BYTES_MAX = 32 << 20;
  private static final int FILES_MAX = 500;

  /** Files do not hang; a mount may. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long AHEAD_MS = 60_000;

  private final Path dir;
  private final Manifest manifest;
  private final Losses losses;
  private final Map<Integer, BrokerNode> brokers = new TreeMap<>();
  private final List<Observation> seen = new ArrayList<>();

  RawBundle(Path dir, Manifest manifest, Losses losses) {
    this.dir = dir;
    this.manifest = manifest;
    this.losses = losses;
  }

  /**
   * @param typed what was saved as observations: it names brokers too
   */
  List<Observation> read(List<Observation> typed) {
    manifest.brokers().forEach(this::address);
    EvidenceRound.named(typed).forEach(broker -> brokers.put(broker.id(), broker));
    DescribedTopics topics = new DescribedTopics(text(dir.resolve("metadata.txt")));
    List<Fact> registry = zooKeeper(expected(topics, typed));
    for (Fact fact : registry) {
      if (fact instanceof Fact.Registered node && !node.host().isEmpty()) {
        brokers.put(node.brokerId(), new BrokerNode(node.brokerId(), node.host(), node.port()));
      }
    }
    List<LogOwners.Owned> folders = owners();
    metadata(topics);
    registry.forEach(fact -> tell(Source.ZOOKEEPER, "zookeeper", fact));
    logs(folders);
    hosts();
    kubernetes();
    others();
    return List.copyOf(seen);
  }

  private void address(int id, String address) {
    int colon = address.lastIndexOf(':');
    boolean port = colon > 0 && address.substring(colon + 1).matches("\\d{1,5}");
    String host = port ? address.substring(0, colon) : address;
    brokers.put(
        id, new BrokerNode(id, host, port ? Integer.parseInt(address.substring(colon + 1)) : -1));
  }

  private Set<Integer> expected(DescribedTopics topics, List<Observation> typed) {
    var ids = new TreeSet<Integer>();
    List<ClusterMap> maps = new ArrayList<>(topics.maps(List.of(), -1));
    typed.forEach(
        one -> {
          if (one.fact() instanceof Fact.Metadata told) maps.add(told.map());
        });
    maps.forEach(map -> map.partitions().forEach(p -> ids.addAll(p.replicas())));
    return ids;
  }

  private void metadata(DescribedTopics topics) {
    if (!Files.isRegularFile(dir.resolve("metadata.txt"))) {
      return;
    }
    List<ClusterMap> maps = topics.maps(List.copyOf(brokers.values()), manifest.engineMs());
    // the channel's own last: of several topics the latest told counts
    maps.stream().filter(map -> !map.topic().equals(manifest.topic())).forEach(this::map);
    maps.stream().filter(map -> map.topic().equals(manifest.topic())).forEach(this::map);
    topics.settings().forEach(setting -> tell(Source.ADMIN, "kafka-topics", setting));
    if (maps.isEmpty()) {
      losses.part("metadata.txt", BundleWords.NOTHING);
    }
    topics
        .counts()
        .forEach(
            (topic, count) -> {
              int read =
                  maps.stream()
                      .filter(map -> map.topic().equals(topic))
                      .mapToInt(map -> map.partitions().size())
                      .sum();
              if (read < count) {
                losses.part("metadata.txt", BundleWords.PARTITIONS_MISSING, count, topic, read);
              }
            });
  }

  private void map(ClusterMap map) {
    tell(Source.METADATA, "kafka-topics", new Fact.Metadata(map));
  }

  private List<Fact> zooKeeper(Set<Integer> expected) {
    var all = new StringBuilder();
    files("zookeeper").forEach(file -> all.append(text(file)).append('\n'));
    List<Fact> facts = new ShellText(all.toString(), manifest.zone()).facts(expected);
    if (facts.isEmpty() && !all.isEmpty()) {
      losses.part("zookeeper/", BundleWords.NOTHING);
    }
    return facts;
  }

  /** Folders of logs that a name alone does not give to a broker. */
  private List<LogOwners.Owned> owners() {
    Path logs = dir.resolve("logs");
    if (!Files.isDirectory(logs)) {
      return List.of();
    }
    try {
      List<LogOwners.Owned> unclaimed = LogOwners.unclaimed(logs, brokers.values());
      for (LogOwners.Owned one : unclaimed) {
        one.brokerId()
            .ifPresentOrElse(
                id -> brokers.putIfAbsent(id, new BrokerNode(id, one.folder(), -1)),
                () -> losses.part("logs/" + one.folder(), BundleWords.NO_BROKER_ID));
      }
      return unclaimed;
    } catch (IOException unreadable) {
      losses.part("logs/", BundleWords.UNREADABLE, Unanswered.reason(unreadable));
      return List.of();
    }
  }

  private void logs(List<LogOwners.Owned> unclaimed) {
    Path logs = dir.resolve("logs");
    if (!Files.isDirectory(logs)) {
      return;
    }
    if (brokers.isEmpty()) {
      if (unclaimed.isEmpty()) losses.part("logs/", BundleWords.NO_BROKER_ID);
      return;
    }
    seen.addAll(brokersIn(logs));
  }

  /** What brokers wrote themselves, of whatever kind lies there. */
  private List<Observation> brokersIn(Path logs) {
    return new BrokerLogs(new LogSource.Bundled(logs), manifest::engineMs)
        .observe(List.copyOf(brokers.values()), window(), PATIENCE);
  }

  private LogWindow window() {
    long toMs = manifest.engineMs() < 0 ? Long.MAX_VALUE / 4 : manifest.engineMs() + AHEAD_MS;
    long fromMs =
        manifest.logsFromWallMs() > 0
            ? manifest.logsFromWallMs()
            : manifest.engineMs() < 0 ? 0 : manifest.engineMs() - Manifest.LOGS_BACK_MS;
    return new LogWindow(fromMs, toMs, manifest.zone(), EvidenceRound.skewsIn(seen), true);
  }

  /** A folder per host, or a file per host with its name before the first dot. */
  private void hosts() {
    Map<String, List<String>> byHost = new TreeMap<>();
    Path hosts = dir.resolve("hosts");
    for (Path file : files("hosts")) {
      Path inside = hosts.relativize(file);
      String first = inside.getName(0).toString();
      String host = inside.getNameCount() > 1 ? first : first.replaceFirst("\\.[a-z]+$", "");
      byHost.computeIfAbsent(host, h -> new ArrayList<>()).add(text(file));
    }
    byHost.forEach(
        (host, texts) -> {
          List<Fact> facts = ConsoleText.facts(host, texts);
          facts.forEach(fact -> tell(Source.HOST_METRICS, host, fact));
          if (facts.isEmpty()) losses.part("hosts/" + host, BundleWords.NOTHING);
        });
  }

  private void kubernetes() {
    var kubectl = new KubectlText();
    for (Path file : files("kubernetes")) {
      try {
        kubectl.take(text(file));
      } catch (IOException | RuntimeException unreadable) {
        losses.part(name(file), BundleWords.UNREADABLE, Unanswered.reason(unreadable));
      }
    }
    for (KubeFact fact : kubectl.facts()) {
      tell(Source.KUBERNETES, "kubectl", fact);
    }
  }

  /** Clients' logs, the orchestrator's and collectors'. */
  private void others() {
    var named = new NamedLogs(manifest::engineMs);
    if (!files("clients").isEmpty()) {
      seen.addAll(named.clients(dir.resolve("clients"), window(), PATIENCE));
    }
    for (Path file : files("orchestrator")) {
      seen.addAll(named.orchestrator(file, window(), PATIENCE));
    }
    if (!files("gc").isEmpty()) { // whose collector's log is not here has others in logs/
      brokersIn(dir.resolve("gc")).stream()
          .filter(one -> one.fact() instanceof Fact.CollectorPauses)
          .forEach(seen::add);
    }
  }

  private void tell(Source source, String witness, Fact fact) {
    seen.add(new Observation(source, witness, manifest.engineMs(), fact));
  }

  /** The plain files of a part, by name; links are not followed. */
  private List<Path> files(String part) {
    Path root = dir.resolve(part);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root, 4)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .limit(FILES_MAX)
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      losses.part(part + "/", BundleWords.UNREADABLE, Unanswered.reason(unreadable));
      return List.of();
    }
  }

  /** A file's text, bounded; empty when it is not there, cannot be read or is no text. */
  private String text(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX);
      if (in.read() >= 0) {
        losses.part(name(file), BundleWords.TOO_LARGE, FILE_BYTES_MAX);
      }
      for (int at = 0; at < Math.min(bytes.length, 4096); at++) {
        if (bytes[at] == 0) {
          losses.part(name(file), BundleWords.BINARY);
          return "";
        }
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      losses.part(name(file), BundleWords.UNREADABLE, Unanswered.reason(unreadable));
      return "";
    }
  }

  /** As it lies in the bundle, wherever that lies. */
  private String name(Path file) {
    return dir.relativize(file).toString();
  }
}
