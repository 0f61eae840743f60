package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the map of some topics: every {@code every}, and when asked to hurry, it asks two brokers
 * at once, the one that answered last and the next in turn, each with a deadline of its own. The
 * last known good map is kept when nobody answers; its age says so.
 *
 * <p>Reading writes nothing: below 0.11, where asking for a topic can create it, all topics are
 * listed and none is named. Thread-safe. Listeners are called on the reader's thread.
 */
public final class MapReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MapReader.class);

  /** How long one broker may take to tell its map. */
  private static final Duration ASK_DEADLINE = Duration.ofMillis(1500);

  /** After the first answer of a round, how long the other broker is waited for. */
  private static final Duration SECOND_GRACE = Duration.ofMillis(250);

  /** Hurried rounds are at least this far apart, however many partitions ask for one. */
  private static final Duration HURRY_GAP = Duration.ofMillis(200);

  private record Told(MetadataSource source, Optional<MetadataAnswer> answer) {}

  private final KafkaSettings settings;
  private final Set<String> topics;
  private final Duration every;
  private final LongSupplier clockMs;
  private final MapMerge merge = new MapMerge();
  private final Map<String, MetadataSource> sources = new ConcurrentHashMap<>();
  private final Map<String, ClusterMap> known = new ConcurrentHashMap<>();
  private final Map<String, List<Consumer<ClusterMap>>> listeners = new ConcurrentHashMap<>();
  private final Semaphore hurry = new Semaphore(0);
  private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.of("map"));
  private volatile boolean closed;
  private volatile String lastGood = "";
  private int turn;
  private @Nullable Thread loop;

  /**
   * @param topics whose maps are kept
   * @param every the time between two readings
   * @param clockMs engine time
   */
  public MapReader(
      KafkaSettings settings, Set<String> topics, Duration every, LongSupplier clockMs) {
    this.settings = settings;
    this.topics = Set.copyOf(topics);
    this.every = every;
    this.clockMs = clockMs;
    settings
        .bootstrap()
        .forEach(node -> sources.put(node.address(), new MetadataSource(settings, node, clockMs)));
  }

  /** Starts reading; call once. */
  public void start() {
    Thread thread = DaemonThreads.of("map-loop").newThread(this::run);
    loop = thread;
    thread.start();
  }

  /** The latest good map of a topic, however old; see {@link ClusterMap#asOfMs}. */
  public Optional<ClusterMap> map(String topic) {
    return Optional.ofNullable(known.get(topic));
  }

  /** Whether nobody is left who might still answer: every known broker has said no. */
  public boolean refusedByAll() {
    return sources.values().stream().allMatch(MetadataSource::refused);
  }

  /** Calls with every new reading of a topic's map, and at once with the known one. */
  public void onMap(String topic, Consumer<ClusterMap> listener) {
    listeners.computeIfAbsent(topic, t -> new CopyOnWriteArrayList<>()).add(listener);
    map(topic).ifPresent(listener);
  }

  /** Asks for a new reading soon: somebody saw that the map is no longer true. Returns at once. */
  public void refreshSoon() {
    if (hurry.availablePermits() == 0) {
      hurry.release();
    }
  }

  /**
   * Asks every known broker now, all in parallel, and tells what each one holds for true; who does
   * not answer by the deadline is named as {@link Fact.Unasked}. Also takes the answers into the
   * map.
   */
  public List<Observation> observe(String topic, Duration deadline) {
    List<MetadataSource> asked = List.copyOf(sources.values());
    if (known.isEmpty()) {
      round(asked, deadline); // bootstrap addresses first: they tell who else there is
      asked = List.copyOf(sources.values());
    }
    Map<MetadataSource, MetadataAnswer> answers =
        known.isEmpty() // nobody told: not asked twice
            ? Map.of()
            : ask(asked, deadline, deadline, deadline);
    long nowMs = clockMs.getAsLong();
    take(answers.values());
    var seen = new ArrayList<Observation>();
    for (MetadataSource source : asked) {
      MetadataAnswer answer = answers.get(source);
      Fact fact = answer == null ? source.unasked(deadline) : new Fact.Metadata(answer.map(topic));
      seen.add(new Observation(Source.METADATA, source.name(), nowMs, fact));
    }
    map(topic).ifPresent(map -> missing(map, nowMs, seen));
    return seen;
  }

  KafkaSettings settings() {
    return settings;
  }

  LongSupplier clockMs() {
    return clockMs;
  }

  @Override
  public void close() {
    closed = true;
    hurry.release();
    Thread running = loop;
    if (running != null) {
      running.interrupt();
    }
    threads.shutdownNow();
    sources.values().forEach(MetadataSource::close);
  }

  /** A broker that holds replicas, and that nobody names any more. */
  private static void missing(ClusterMap map, long nowMs, List<Observation> seen) {
    map.partitions().stream()
        .flatMap(p -> p.replicas().stream())
        .distinct()
        .filter(id -> map.broker(id).isEmpty())
        .forEach(
            id ->
                seen.add(
                    new Observation(
                        Source.METADATA, "kafka", nowMs, new Fact.NotRegistered(id, "kafka"))));
  }

  private void run() {
    while (!closed) {
      try {
        round(inTurn(), ASK_DEADLINE);
        if (hurry.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) {
          TimeUnit.MILLISECONDS.sleep(HURRY_GAP.toMillis());
        }
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException bug) {
        LOG.atError().setCause(bug).log("reading the cluster map failed; it goes on");
      }
    }
  }

  private void round(List<MetadataSource> asked, Duration deadline) {
    Map<MetadataSource, MetadataAnswer> answers = ask(asked, deadline, SECOND_GRACE, Duration.ZERO);
    if (answers.isEmpty()) {
      lastGood = "";
      settings
          .bootstrap() // every known broker may have gone to another address
          .forEach(
              node ->
                  sources.computeIfAbsent(
                      node.address(), a -> new MetadataSource(settings, node, clockMs)));
    }
    take(answers.values());
  }

  /** Two brokers: the last that answered and the next in turn; all of them when none answered. */
  private List<MetadataSource> inTurn() {
    List<MetadataSource> all =
        sources.values().stream().sorted(Comparator.comparing(MetadataSource::name)).toList();
    MetadataSource good = sources.get(lastGood);
    if (good == null || all.size() < 3) {
      return all;
    }
    MetadataSource next = all.get(Math.floorMod(turn++, all.size()));
    if (next == good) {
      next = all.get(Math.floorMod(turn++, all.size()));
    }
    return List.of(good, next);
  }

  private Map<MetadataSource, MetadataAnswer> ask(
      List<MetadataSource> asked, Duration deadline, Duration grace, Duration turn) {
    asked.forEach(MetadataSource::prepare);
    var running = new ExecutorCompletionService<Told>(threads);
    for (MetadataSource source : asked) {
      running.submit(() -> new Told(source, source.ask(topics, deadline, turn)));
    }
    var answers = new HashMap<MetadataSource, MetadataAnswer>();
    long endMs = clockMs.getAsLong() + deadline.toMillis() + 100;
    try {
      for (int got = 0; got < asked.size(); got++) {
        long leftMs = Math.max(0, endMs - clockMs.getAsLong());
        Future<Told> done = running.poll(leftMs, TimeUnit.MILLISECONDS);
        if (done == null) {
          break;
        }
        if (done.state() == Future.State.SUCCESS && done.resultNow().answer().isPresent()) {
          answers.put(done.resultNow().source(), done.resultNow().answer().get());
          endMs = Math.min(endMs, clockMs.getAsLong() + grace.toMillis());
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }

  private synchronized void take(Iterable<MetadataAnswer> answers) {
    boolean any = false;
    for (MetadataAnswer answer : answers) {
      any = true;
      lastGood = answer.brokerAddress();
      merge.take(answer);
    }
    if (!any) {
      return;
    }
    follow(merge.brokers());
    for (String topic : topics) {
      ClusterMap map = merge.map(topic, clockMs.getAsLong());
      known.put(topic, map);
      listeners.getOrDefault(topic, List.of()).forEach(listener -> listener.accept(map));
    }
  }

  /** Keeps one source per broker that the cluster names, and the bootstrap addresses as spare. */
  private void follow(List<BrokerNode> brokers) {
    var wanted = new LinkedHashSet<String>();
    for (BrokerNode broker : brokers) {
      wanted.add(broker.address());
      MetadataSource present = sources.get(broker.address());
      if (present == null || present.id() != broker.id()) {
        MetadataSource before =
            sources.put(broker.address(), new MetadataSource(settings, broker, clockMs));
        if (before != null) {
          before.close();
        }
      }
    }
    sources
        .entrySet()
        .removeIf(
            e -> {
              boolean gone = !wanted.contains(e.getKey());
              if (gone) {
                e.getValue().close();
              }
              return gone;
            });
  }
}
