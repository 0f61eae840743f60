package holter.lab.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.lab.cases.Case;
import holter.lab.cases.CaseReader;
import holter.lab.scenario.Scenario;
import holter.server.BundleRound;
import holter.server.bundle.BundleFiles;
import holter.server.bundle.BundleNames;
import holter.server.bundle.Manifest;
import holter.server.json.CoreJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Cases whose broker ids, hosts, topics, groups, partitions and leaders are drawn anew from a seed.
 * A bundle's evidence is rewritten; a live case is played on a cluster that is built so.
 */
public final class Shuffle {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();
  private static final List<String> HOSTS =
      List.of("ash", "elm", "fir", "oak", "yew", "bay", "box", "fig", "gum", "nut", "teak", "pine");
  private static final List<String> TOPICS =
      List.of("Pulse", "alive", "beat-7", "Orders_v2", "telemetry", "signal-eu-1");
  private static final int ID_MOST = 4_000;

  /** What is a number or an address means what it is, whatever the names. */
  private static final Pattern ADDRESS = Pattern.compile("[\\d.:]+|localhost");

  private final Path to;

  /**
   * @param to where rewritten bundles are put, a directory per case
   */
  public Shuffle(Path to) {
    this.to = to;
  }

  /** Each case so many times, with seeds from 1 on. */
  public List<CaseReader.Found> of(List<CaseReader.Found> cases, int times) {
    var shuffled = new ArrayList<CaseReader.Found>();
    for (var one : cases) {
      for (int seed = 1; seed <= times; seed++) {
        shuffled.add(of(one, seed));
      }
    }
    return shuffled;
  }

  /** One case under the names of one seed; its own name gets {@code -xSEED}. */
  CaseReader.Found of(CaseReader.Found found, int seed) {
    var given = found.read();
    var name = given.name() + "-x" + seed;
    var random = new Random(given.name().hashCode() * 31L + seed);
    try {
      var tree = (ObjectNode) YAML.readTree(found.text());
      tree.put("name", name);
      var bundle = given.bundle();
      if (bundle == null) {
        return new CaseReader.Found(name, text(live(given, tree, random)), found.base());
      }
      Path home = Files.createDirectories(to.resolve(name));
      var disguise = rewrite(found.base().resolve(bundle), home.resolve("bundle"), random);
      tree.put("bundle", "bundle");
      tree.set("expect", disguise.of(tree.path("expect")));
      return new CaseReader.Found(name, text(tree), home);
    } catch (IOException failed) {
      throw new UncheckedIOException(name + " cannot be shuffled", failed);
    }
  }

  private static String text(JsonNode tree) throws JsonProcessingException {
    return YAML.writeValueAsString(tree);
  }

  /**
   * Keys decide on partitions: where a case says which worker uses which, numbers and keys stay.
   */
  private static JsonNode live(Case given, ObjectNode tree, Random random) {
    var kafka = given.kafka();
    var ids = new TreeSet<Integer>();
    if (kafka != null) {
      kafka.brokers().forEach(broker -> ids.add(broker.id()));
    }
    var topic = given.diagnose().topic();
    var numbers =
        given.topics().containsKey(topic)
            ? given.topics().get(topic).partitions().keySet()
            : Set.<Integer>of();
    boolean tied = given.expect().causes().stream().anyMatch(c -> !c.instances().isEmpty());
    Map<String, String> words = new HashMap<>();
    call(given.hostNames(), words, () -> fresh(HOSTS, random));
    call(given.topics().keySet(), words, () -> fresh(TOPICS, random));
    defaults(tree);
    var partitions = tied ? Map.<Integer, Integer>of() : permuted(numbers, random);
    // The lab's controller has an id of its own below those of brokers.
    var brokers = drawn(ids, 1001, Set.of(), random);
    return new Disguise(topic, words, brokers, partitions).of(tree);
  }

  /** What is not written means the usual topic, and that one has another name now. */
  private static void defaults(ObjectNode tree) {
    for (var client : tree.path("clients")) {
      if (client instanceof ObjectNode one && !one.has("topic")) {
        one.put("topic", Scenario.HEARTBEAT);
      }
    }
    var ask =
        tree.path("diagnose") instanceof ObjectNode there ? there : tree.putObject("diagnose");
    if (!ask.has("topic")) {
      ask.put("topic", Scenario.HEARTBEAT);
    }
  }

  private static Disguise rewrite(Path bundle, Path into, Random random) throws IOException {
    var round = BundleRound.read(bundle);
    var manifest = round.manifest();
    var disguise = disguise(manifest, round.observations(), random);
    var mapper = CoreJson.mapper();
    var observations = new ArrayList<Observation>();
    for (var one : round.observations()) {
      observations.add(mapper.treeToValue(disguise.of(mapper.valueToTree(one)), Observation.class));
    }
    var brokers = new TreeMap<Integer, String>();
    manifest
        .brokers()
        .forEach(
            (id, at) -> brokers.put(disguise.brokers().getOrDefault(id, id), disguise.text(at)));
    var renamed =
        new Manifest(
            manifest.format(),
            manifest.holter(),
            manifest.collectedWallMs(),
            manifest.engineMs(),
            manifest.logsFromWallMs(),
            manifest.zone(),
            disguise.text(manifest.topic()),
            disguise.text(manifest.told()),
            List.of(), // what was not asked stands among the observations
            brokers);
    Files.createDirectories(into);
    for (var file : BundleFiles.of(renamed, observations, false).files().entrySet()) {
      Files.write(into.resolve(file.getKey()), file.getValue());
    }
    return disguise;
  }

  static Disguise disguise(Manifest manifest, List<Observation> observations, Random random) {
    var ids = new TreeSet<>(manifest.brokers().keySet());
    var numbers = new TreeSet<Integer>();
    for (var one : observations) {
      if (one.fact() instanceof Fact.Metadata metadata) {
        metadata.map().brokers().forEach(broker -> ids.add(broker.id()));
        if (metadata.map().topic().equals(manifest.topic())) {
          metadata.map().partitions().forEach(p -> numbers.add(p.partition()));
          metadata.map().partitions().forEach(p -> ids.addAll(p.replicas()));
        }
      } else if (one.fact() instanceof Fact.Registered registered) {
        ids.add(registered.brokerId());
      }
    }
    var names = new BundleNames(manifest.topic(), manifest.brokers().values(), observations);
    Map<String, String> words = new HashMap<>();
    call(names.hosts(), words, () -> fresh(HOSTS, random));
    call(names.topics(), words, () -> fresh(TOPICS, random));
    call(names.groups(), words, () -> "readers-" + random.nextInt(900));
    call(names.users(), words, () -> "app-" + random.nextInt(900));
    call(names.workers(), words, () -> "unit-" + random.nextInt(9_000));
    call(names.pods(), words, () -> "pod-" + Integer.toHexString(random.nextInt(1 << 24)));
    var others = others(observations, ids);
    var brokers = drawn(ids, random.nextBoolean() ? 1 : 1001, others, random);
    return new Disguise(manifest.topic(), words, brokers, permuted(numbers, random));
  }

  /** Ids that are no broker's, a controller's for one: nobody may be given them. */
  private static Set<Integer> others(List<Observation> observations, Set<Integer> brokers) {
    var others = new TreeSet<Integer>();
    for (var one : observations) {
      var fact = CoreJson.mapper().valueToTree(one.fact());
      Disguise.BROKER.forEach(
          part -> fact.findValues(part).stream().map(JsonNode::asInt).forEach(others::add));
    }
    others.removeAll(brokers);
    return others;
  }

  private static String fresh(List<String> stems, Random random) {
    return stems.get(random.nextInt(stems.size())) + "-" + random.nextInt(90);
  }

  private static void call(
      Collection<String> names, Map<String, String> words, Supplier<String> by) {
    for (var name : new TreeSet<>(names)) { // in an order that is the same in every process
      if (name.isBlank() || ADDRESS.matcher(name).matches() || words.containsKey(name)) {
        continue;
      }
      var word = by.get();
      while (words.containsValue(word)) {
        word = by.get();
      }
      words.put(name, word);
    }
  }

  private static Map<Integer, Integer> drawn(
      Set<Integer> ids, int from, Set<Integer> taken, Random random) {
    var drawn = new TreeMap<Integer, Integer>();
    for (int id : ids) {
      int other = from + random.nextInt(ID_MOST);
      while (drawn.containsValue(other) || taken.contains(other)) {
        other = from + random.nextInt(ID_MOST);
      }
      drawn.put(id, other);
    }
    return drawn;
  }

  private static Map<Integer, Integer> permuted(Collection<Integer> numbers, Random random) {
    var from = new ArrayList<>(new TreeSet<>(numbers));
    var into = new ArrayList<>(from);
    Collections.shuffle(into, random);
    var permuted = new TreeMap<Integer, Integer>();
    for (int n = 0; n < from.size(); n++) {
      permuted.put(from.get(n), into.get(n));
    }
    return permuted;
  }
}
