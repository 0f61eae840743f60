package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.remedy.Act;
import holter.remedy.KafkaWorld;
import holter.remedy.Sight;
import holter.server.port.Hand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads who leads what, and moves leaders by the order of replicas: the same replicas in another
 * order, then an election of the first. The first must be in the ISR when it is asked for; the
 * controller refuses it otherwise. Every call has a deadline of its own, and one that meets a sick
 * broker is asked again of another. Not thread-safe.
 */
public final class LeaderMover implements Hand, AutoCloseable {
  /** A broker that has not answered by then is not waited for: another one knows the same. */
  private static final int CALL_MS = 1_500;

  private static final int ALL_CALLS_MS = 5_000;
  private static final long AGAIN_NS = 50_000_000;

  private final Admin admin;

  /**
   * @param askFirst brokers that are well, to begin with; empty: those of the settings
   */
  public LeaderMover(KafkaSettings settings, Collection<BrokerNode> askFirst) {
    String addresses =
        askFirst.isEmpty()
            ? String.join(",", settings.bootstrapServers())
            : askFirst.stream().map(BrokerNode::address).collect(Collectors.joining(","));
    Map<String, Object> client = settings.client(addresses, CALL_MS);
    client.put("default.api.timeout.ms", ALL_CALLS_MS);
    client.put("retries", Integer.MAX_VALUE); // until the time is over
    this.admin = Admin.create(client);
  }

  /** What could not be read or done, in one line. */
  public static final class CannotAsk extends Exception {
    private static final long serialVersionUID = 1L;

    CannotAsk(String why) {
      super(why);
    }
  }

  /**
   * Reads every topic's partitions.
   *
   * @throws CannotAsk with the reason, in one line
   */
  public KafkaWorld world() throws CannotAsk {
    var options = new ListTopicsOptions().listInternal(true);
    Set<String> topics = get(admin.listTopics(options).names());
    Optional<Set<TopicPartition>> moving = moving();
    var partitions = new ArrayList<KafkaWorld.Led>();
    described(topics)
        .values()
        .forEach(
            topic -> topic.partitions().forEach(p -> partitions.add(led(topic.name(), p, moving))));
    var hosts = new HashMap<Integer, String>();
    var live = new HashSet<Integer>();
    for (Node node : get(admin.describeCluster().nodes())) {
      hosts.put(node.id(), node.host());
      live.add(node.id());
    }
    return new KafkaWorld(partitions, hosts, live, moving.isPresent());
  }

  private static KafkaWorld.Led led(
      String topic, TopicPartitionInfo p, Optional<Set<TopicPartition>> moving) {
    return new KafkaWorld.Led(
        topic,
        p.partition(),
        p.leader() == null ? -1 : p.leader().id(),
        ids(p.replicas()),
        ids(p.isr()),
        moving.isPresent() && moving.get().contains(new TopicPartition(topic, p.partition())));
  }

  private static List<Integer> ids(List<Node> nodes) {
    return nodes.stream().map(Node::id).toList();
  }

  /** Partitions that are being reassigned; empty where brokers know no such request. */
  private Optional<Set<TopicPartition>> moving() throws CannotAsk {
    try {
      return Optional.of(within(admin.listPartitionReassignments().reassignments()).keySet());
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof UnsupportedVersionException) {
        return Optional.empty();
      }
      throw new CannotAsk(why(refused));
    }
  }

  private Map<String, TopicDescription> described(Collection<String> topics) throws CannotAsk {
    return topics.isEmpty() ? Map.of() : get(admin.describeTopics(topics).allTopicNames());
  }

  @Override
  public Map<Act, Looked> look(List<Act> acts) {
    var moves = moves(acts);
    try {
      Set<String> topics = moves.stream().map(m -> m.topic()).collect(Collectors.toSet());
      Map<String, TopicDescription> now = described(topics);
      Set<TopicPartition> moving = moving().orElse(Set.of());
      return each(moves, move -> looked(move, now.get(move.topic()), moving));
    } catch (CannotAsk failed) {
      String why = String.valueOf(failed.getMessage());
      return each(moves, move -> new Looked(Sight.UNKNOWN, why));
    }
  }

  private static List<Act.MoveLeader> moves(List<Act> acts) {
    return acts.stream()
        .map(
            act ->
                switch (act) {
                  case Act.MoveLeader move -> move;
                })
        .toList();
  }

  private interface Answer {
    Looked to(Act.MoveLeader move);
  }

  private static Map<Act, Looked> each(List<Act.MoveLeader> moves, Answer answer) {
    var all = new LinkedHashMap<Act, Looked>();
    moves.forEach(move -> all.put(move, answer.to(move)));
    return all;
  }

  private static Looked looked(
      Act.MoveLeader move, @Nullable TopicDescription topic, Set<TopicPartition> moving) {
    if (topic == null || topic.partitions().size() <= move.partition()) {
      return new Looked(Sight.OTHER, move.target() + " is gone");
    }
    KafkaWorld.Led now =
        led(move.topic(), topic.partitions().get(move.partition()), Optional.of(moving));
    boolean ordered = now.replicas().equals(move.to());
    if (ordered && now.leader() == move.leader()) {
      return new Looked(Sight.AFTER, "");
    }
    if (!ordered && !now.replicas().equals(move.from())) {
      return new Looked(
          Sight.OTHER, "its replicas are %s, not %s".formatted(now.replicas(), move.from()));
    }
    if (now.moving()) {
      return new Looked(Sight.OTHER, "a reassignment of it is under way");
    }
    return now.isr().contains(move.leader())
        ? new Looked(Sight.BEFORE, "")
        : new Looked(
            Sight.OTHER, "broker %d is not in sync (%s)".formatted(move.leader(), now.isr()));
  }

  @Override
  public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var moves = moves(acts);
    var orders = new HashMap<TopicPartition, Optional<NewPartitionReassignment>>();
    moves.forEach(
        move -> orders.put(at(move), Optional.of(new NewPartitionReassignment(move.to()))));
    String trouble = "";
    Map<Act, Looked> seen;
    do {
      try {
        get(admin.alterPartitionReassignments(orders).all());
        elect(orders.keySet());
        trouble = "";
      } catch (CannotAsk failed) {
        trouble = String.valueOf(failed.getMessage());
      }
      seen = look(acts);
    } while (left(seen) && pause(endNs));
    String last = trouble;
    seen.replaceAll(
        (act, looked) ->
            looked.why().isEmpty() && looked.sight() != Sight.AFTER
                ? new Looked(looked.sight(), last.isEmpty() ? "not done in time" : last)
                : looked);
    return seen;
  }

  private static boolean left(Map<Act, Looked> seen) {
    return seen.values().stream()
        .anyMatch(l -> l.sight() == Sight.BEFORE || l.sight() == Sight.UNKNOWN);
  }

  private boolean pause(long endNs) {
    LockSupport.parkNanos(this, AGAIN_NS);
    return System.nanoTime() < endNs && !Thread.currentThread().isInterrupted();
  }

  private static TopicPartition at(Act.MoveLeader move) {
    return new TopicPartition(move.topic(), move.partition());
  }

  /** What needs no election has its leader already. */
  private void elect(Set<TopicPartition> partitions) throws CannotAsk {
    Map<TopicPartition, Optional<Throwable>> answers =
        get(admin.electLeaders(ElectionType.PREFERRED, partitions).partitions());
    for (Optional<Throwable> answer : answers.values()) {
      if (answer.isPresent() && !(answer.get() instanceof ElectionNotNeededException)) {
        throw new CannotAsk(String.valueOf(answer.get().getMessage()));
      }
    }
  }

  private static <T> T within(KafkaFuture<T> answer) throws CannotAsk, ExecutionException {
    try {
      return answer.get(ALL_CALLS_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new CannotAsk("no broker answered in " + ALL_CALLS_MS + " ms");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CannotAsk("interrupted");
    }
  }

  private static <T> T get(KafkaFuture<T> answer) throws CannotAsk {
    try {
      return within(answer);
    } catch (ExecutionException refused) {
      throw new CannotAsk(why(refused));
    }
  }

  private static String why(ExecutionException refused) {
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
