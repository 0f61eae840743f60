package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.remedy.Act;
import holter.remedy.KafkaWorld;
import holter.remedy.KubeAct;
import holter.remedy.Sight;
import holter.server.port.Hand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsResponse;
import org.apache.kafka.common.requests.ElectLeadersRequest;
import org.apache.kafka.common.requests.ElectLeadersResponse;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.ListPartitionReassignmentsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * Reads who leads what, and moves leaders by the order of replicas: the same replicas in another
 * order, then an election of the first. The first must be in the ISR when it is looked at; the
 * controller refuses it otherwise. Brokers are asked by name, the sick ones last. Not thread-safe.
 */
public final class LeaderMover implements Hand, AutoCloseable {
  private static final int CONTROLLER_MS = 1_500;
  private static final long AGAIN_NS = 100_000_000;

  private final AnyBroker brokers;

  /**
   * @param known every broker of the cluster; none: the given addresses are asked
   * @param sick those that are asked last
   */
  public LeaderMover(KafkaSettings settings, List<BrokerNode> known, Set<Integer> sick) {
    List<BrokerNode> wellFirst =
        (known.isEmpty() ? settings.bootstrap() : known)
            .stream().sorted(Comparator.comparing(node -> sick.contains(node.id()))).toList();
    this.brokers = new AnyBroker(settings, wellFirst);
  }

  /** What could not be read, in one line. */
  public static final class CannotAsk extends Exception {
    private static final long serialVersionUID = 1L;

    CannotAsk(AnyBroker.Nobody why) {
      super(why.getMessage(), why);
    }
  }

  /**
   * Reads every topic's partitions.
   *
   * @throws CannotAsk when no broker tells
   */
  public KafkaWorld world() throws CannotAsk {
    try {
      boolean reorders =
          brokers.speaks(ApiKeys.ALTER_PARTITION_REASSIGNMENTS)
              && brokers.speaks(ApiKeys.ELECT_LEADERS);
      return world(reorders);
    } catch (AnyBroker.Nobody none) {
      throw new CannotAsk(none);
    }
  }

  private KafkaWorld world(boolean reorders) throws AnyBroker.Nobody {
    MetadataResponse told =
        brokers.ask(MetadataResponse.class, MetadataRequest.Builder.allTopics(), _ -> true);
    Set<TopicPartition> moving = reorders ? moving() : Set.of();
    var partitions = new ArrayList<KafkaWorld.Led>();
    for (var topic : told.data().topics()) {
      for (var p : topic.partitions()) {
        partitions.add(
            new KafkaWorld.Led(
                topic.name(),
                p.partitionIndex(),
                p.leaderId(),
                p.replicaNodes(),
                p.isrNodes(),
                moving.contains(new TopicPartition(topic.name(), p.partitionIndex()))));
      }
    }
    partitions.sort(
        Comparator.comparing(KafkaWorld.Led::topic).thenComparingInt(KafkaWorld.Led::partition));
    var hosts = new HashMap<Integer, String>();
    told.brokers().forEach(node -> hosts.put(node.id(), node.host()));
    return new KafkaWorld(partitions, hosts, new HashSet<>(hosts.keySet()), reorders);
  }

  private Set<TopicPartition> moving() throws AnyBroker.Nobody {
    var all = new ListPartitionReassignmentsRequestData().setTimeoutMs(CONTROLLER_MS);
    ListPartitionReassignmentsResponse told =
        brokers.ask(
            ListPartitionReassignmentsResponse.class,
            new ListPartitionReassignmentsRequest.Builder(all.setTopics(null)),
            answer -> fine(answer, Set.of(Errors.NONE)));
    var moving = new HashSet<TopicPartition>();
    told.data()
        .topics()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        p -> moving.add(new TopicPartition(topic.name(), p.partitionIndex()))));
    return moving;
  }

  @Override
  public Map<Act, Looked> look(List<Act> acts) {
    var moves = moves(acts);
    try {
      KafkaWorld now = world(true);
      var led = new HashMap<String, KafkaWorld.Led>();
      now.partitions().forEach(p -> led.put(p.name(), p));
      return each(moves, move -> looked(move, Optional.ofNullable(led.get(move.target()))));
    } catch (AnyBroker.Nobody none) {
      String why = String.valueOf(none.getMessage());
      return each(moves, move -> new Looked(Sight.UNKNOWN, why));
    }
  }

  private static List<Act.MoveLeader> moves(List<Act> acts) {
    return acts.stream()
        .map(
            act ->
                switch (act) {
                  case Act.MoveLeader move -> move;
                  case KubeAct other ->
                      throw new IllegalArgumentException(other.target() + " is not Kafka's");
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

  private static Looked looked(Act.MoveLeader move, Optional<KafkaWorld.Led> found) {
    if (found.isEmpty()) {
      return new Looked(Sight.OTHER, move.target() + " is gone");
    }
    KafkaWorld.Led now = found.get();
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
    var left = new ArrayList<>(acts);
    var seen = new LinkedHashMap<Act, Looked>();
    do {
      String trouble = "not done in time";
      try {
        reorder(moves(left));
        elect(moves(left));
      } catch (AnyBroker.Nobody refused) {
        trouble = String.valueOf(refused.getMessage());
      }
      seen.putAll(look(left));
      String why = trouble;
      seen.replaceAll((_, s) -> waits(s) && s.why().isEmpty() ? new Looked(s.sight(), why) : s);
      left.removeIf(act -> !waits(seen.getOrDefault(act, new Looked(Sight.UNKNOWN, ""))));
    } while (!left.isEmpty() && pause(endNs));
    return seen;
  }

  private static boolean waits(Looked looked) {
    return looked.sight() == Sight.BEFORE || looked.sight() == Sight.UNKNOWN;
  }

  private boolean pause(long endNs) {
    LockSupport.parkNanos(this, AGAIN_NS);
    return System.nanoTime() < endNs && !Thread.currentThread().isInterrupted();
  }

  private void reorder(List<Act.MoveLeader> moves) throws AnyBroker.Nobody {
    var topics = new LinkedHashMap<String, ReassignableTopic>();
    for (Act.MoveLeader move : moves) {
      topics
          .computeIfAbsent(move.topic(), name -> new ReassignableTopic().setName(name))
          .partitions()
          .add(
              new ReassignablePartition()
                  .setPartitionIndex(move.partition())
                  .setReplicas(move.to()));
    }
    var data =
        new AlterPartitionReassignmentsRequestData()
            .setTopics(List.copyOf(topics.values()))
            .setTimeoutMs(CONTROLLER_MS);
    brokers.ask(
        AlterPartitionReassignmentsResponse.class,
        new AlterPartitionReassignmentsRequest.Builder(data),
        answer -> fine(answer, Set.of(Errors.NONE)));
  }

  /** What needs no election has its leader already. */
  private void elect(List<Act.MoveLeader> moves) throws AnyBroker.Nobody {
    List<TopicPartition> partitions =
        moves.stream().map(m -> new TopicPartition(m.topic(), m.partition())).toList();
    brokers.ask(
        ElectLeadersResponse.class,
        new ElectLeadersRequest.Builder(ElectionType.PREFERRED, partitions, CONTROLLER_MS),
        answer -> fine(answer, Set.of(Errors.NONE, Errors.ELECTION_NOT_NEEDED)));
  }

  /** Below KRaft only the controller itself takes such requests: another broker's no is none. */
  private static boolean fine(AbstractResponse answer, Set<Errors> allowed) {
    return allowed.containsAll(answer.errorCounts().keySet());
  }

  @Override
  public void close() {
    brokers.close();
  }
}
