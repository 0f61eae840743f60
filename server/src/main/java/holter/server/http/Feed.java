package holter.server.http;

import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.engine.View;
import holter.server.remedy.PlanWatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes as events, numbered, the last {@link #KEPT} of them kept for those who come back. Each
 * subscriber has a queue of its own; one that does not keep up is cut off, nobody waits for it.
 * Event ids are {@code <life of the server>-<n>}, so that ids of an earlier start are recognised.
 */
public final class Feed {
  private static final int KEPT = 2_000;
  private static final int QUEUE = 1_000;
  private static final int SUBSCRIBERS_MAX = 100;
  private static final long STATUS_EVERY_MS = 1_000;

  /** One event; {@code data} is turned into JSON by each reader in its language. */
  record Event(long n, String kind, Object data) {}

  private final long life;
  private final ArrayDeque<Event> kept = new ArrayDeque<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private Map<String, View.Instance> instances = Map.of();
  private Map<Integer, View.Partition> partitions = Map.of();
  private Map<String, Incident> incidents = Map.of();
  private long next = 1;
  private long statusAtMs;
  private boolean closed;

  /**
   * @param life of this server: another one at each start, so that events of an earlier one are not
   *     taken for ours
   */
  public Feed(long life) {
    this.life = life;
  }

  /** Tells what changed since the view before; status at most once a second. */
  synchronized void changed(View view, Supplier<Object> status) {
    Map<String, View.Instance> nowInstances = new HashMap<>();
    for (View.Instance instance : view.instances()) {
      String id = instance.from().id().value();
      nowInstances.put(id, instance);
      View.Instance before = instances.get(id);
      if (before == null || !before.verdict().equals(instance.verdict())) {
        add("state", Answers.instance(instance));
      }
    }
    instances = nowInstances;
    Map<Integer, View.Partition> nowPartitions = new HashMap<>();
    for (View.Partition partition : view.partitions()) {
      nowPartitions.put(partition.number(), partition);
      View.Partition before = partitions.get(partition.number());
      if (before == null
          || before.leaderId() != partition.leaderId()
          || !before.path().equals(partition.path())) {
        add("partition", new Stream.Told(partition, view.map()));
      }
    }
    partitions = nowPartitions;
    Map<String, Incident> nowIncidents = new HashMap<>();
    for (Incident incident : view.incidents()) {
      nowIncidents.put(incident.id(), incident);
      if (!incident.equals(incidents.get(incident.id()))) {
        add("incident", incident);
      }
    }
    incidents = nowIncidents;
    if (view.asOfMs() - statusAtMs >= STATUS_EVERY_MS) {
      statusAtMs = view.asOfMs();
      if (!subscribers.isEmpty()) {
        add("status", status.get());
      }
    }
  }

  /** Tells a decision. */
  public synchronized void audited(AuditEntry entry) {
    add("audit", entry);
  }

  /** Tells what happened to a plan. */
  public synchronized void remedied(PlanWatch.Event event) {
    add("remedy", RemedyShapes.told(event));
  }

  private void add(String kind, Object data) {
    Event event = new Event(next++, kind, data);
    if (kept.size() >= KEPT) {
      kept.removeFirst();
    }
    kept.addLast(event);
    subscribers.removeIf(subscriber -> !subscriber.offer(event));
  }

  String id(Event event) {
    return life + "-" + event.n();
  }

  /** A new subscriber that continues after {@code lastId}; null when there are too many. */
  synchronized @Nullable Subscriber subscribe(@Nullable String lastId) {
    if (closed || subscribers.size() >= SUBSCRIBERS_MAX) {
      return null;
    }
    Subscriber subscriber = new Subscriber(this);
    long after = lastId == null ? next - 1 : numberOf(lastId);
    long oldest = kept.isEmpty() ? next : kept.getFirst().n();
    if (lastId != null && (after < 0 || after + 1 < oldest || after >= next)) {
      subscriber.offer(new Event(next - 1, "reset", Map.of("missed", true)));
    } else {
      kept.stream().filter(event -> event.n() > after).forEach(subscriber::offer);
    }
    subscribers.add(subscriber);
    return subscriber;
  }

  private long numberOf(String id) {
    int dash = id.indexOf('-');
    if (dash < 0 || !id.substring(0, dash).equals(Long.toString(life))) {
      return -1;
    }
    String number = id.substring(dash + 1);
    return number.matches("\\d{1,18}") ? Long.parseLong(number) : -1;
  }

  /** How many listen. */
  public synchronized int subscribers() {
    return subscribers.size();
  }

  /** Ends every subscription. */
  public synchronized void close() {
    closed = true;
    subscribers.forEach(Subscriber::cut);
    subscribers.clear();
  }

  private synchronized void leave(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  /** One who listens. */
  static final class Subscriber implements AutoCloseable {
    private final Feed feed;
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE + KEPT);
    private volatile boolean cut;

    Subscriber(Feed feed) {
      this.feed = feed;
    }

    private boolean offer(Event event) {
      if (!queue.offer(event)) {
        cut = true;
      }
      return !cut;
    }

    private void cut() {
      cut = true;
    }

    /** The next event, or null when there is none yet. */
    @Nullable Event next(long waitMs) throws InterruptedException {
      return queue.poll(waitMs, TimeUnit.MILLISECONDS);
    }

    boolean isCut() {
      return cut;
    }

    @Override
    public void close() {
      feed.leave(this);
    }
  }
}
