package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.ClusterFact.ControllerSeen;
import holter.diagnose.ClusterFact.Reassigning;
import holter.diagnose.ClusterFact.TransactionOpen;
import holter.diagnose.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;
import org.apache.kafka.common.requests.DescribeClientQuotasResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.DescribeProducersRequest;
import org.apache.kafka.common.requests.DescribeProducersResponse;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.ListPartitionReassignmentsResponse;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * Who controls the cluster by each broker's word, what it says of the topic as a whole, and how
 * reading the topic ends: its codes by name. What any broker can answer is asked of two. Only
 * reads; thread-safe.
 */
public final class ControlReader {
  /** More reassignments, or quotas, than this are not told. */
  private static final int MAX = 200;

  /** Whoever is asked what only one is needed for: a second in case the first is sick. */
  private static final int ASKED = 2;

  private static final long OPEN_MS = 60_000;

  private final Inquiry inquiry;

  public ControlReader(Inquiry inquiry) {
    this.inquiry = inquiry;
  }

  /** Tells what it hears as it hears it; takes as long as the deadline at most. */
  public void observe(List<BrokerNode> brokers, Duration deadline, Consumer<Observation> heard)
      throws InterruptedException {
    Map<Interview, Integer> controllers = new ConcurrentHashMap<>();
    try (Panel panel = inquiry.panel(brokers, deadline, heard)) {
      panel.step(one -> look(one, controllers));
      List<Interview> present = panel.present();
      List<Interview> few = present.stream().limit(ASKED).toList();
      panel.lastStep(
          one -> {
            if (few.getFirst() == one) ofAll(one);
            if (kraft(one)) {
              if (few.contains(one)) quorum(one);
              if (few.getFirst() == one) moves(one);
            } else if (controllers.getOrDefault(one, -1) == one.broker().id()) {
              moves(one);
            }
          });
    }
  }

  /** KRaft brokers know these calls, those with ZooKeeper do not. */
  private static boolean kraft(Interview one) {
    return one.version(ApiKeys.DESCRIBE_QUORUM) >= 0 || one.version(ApiKeys.UNREGISTER_BROKER) >= 0;
  }

  /** The topic by this broker's metadata, and a small read of what it leads of it. */
  private void look(Interview one, Map<Interview, Integer> controllers) {
    if (!one.open()) return;
    var asked = Calls.metadata(Set.of(inquiry.topic()), one.version(ApiKeys.METADATA));
    var answer = one.ask(MetadataResponse.class, ApiKeys.METADATA, asked, one.name());
    if (answer.isEmpty()) return;
    int controller = answer.get().data().controllerId();
    controllers.put(one, controller);
    if (!kraft(one) && one.version(ApiKeys.METADATA) >= 1) { // a KRaft broker names any broker
      one.tell(new ControllerSeen(controller, "broker " + one.name()));
    }
    var led = new ArrayList<Integer>();
    for (var topic : answer.get().data().topics()) {
      if (topic.name() == null || !topic.name().equals(inquiry.topic())) continue;
      if (one.fine(ApiKeys.METADATA, topic.name(), topic.errorCode())) {
        for (MetadataResponsePartition p : topic.partitions()) {
          if (p.leaderId() == one.broker().id()) led.add(p.partitionIndex());
          if (Errors.forCode(p.errorCode()) == Errors.LISTENER_NOT_FOUND) {
            one.fine(ApiKeys.METADATA, topic.name(), p.errorCode());
          }
        }
      }
    }
    if (!led.isEmpty()) read(one, led);
  }

  /** How reading ends: a place, and a fetch of nothing at the end. */
  private void read(Interview one, List<Integer> led) {
    String topic = inquiry.topic();
    var places =
        one.ask(
            ListOffsetsResponse.class,
            ApiKeys.LIST_OFFSETS,
            Calls.offsets(topic, led, Calls.LATEST),
            topic);
    var ends = new HashMap<Integer, Long>();
    var codes = new java.util.TreeSet<Short>();
    places.ifPresent(
        answer ->
            Calls.offsetsOf(answer)
                .forEach(
                    (partition, place) -> {
                      codes.add(place.errorCode());
                      if (place.errorCode() == 0) ends.put(partition, Calls.offsetIn(place));
                    }));
    codes.forEach(code -> explicit(one, ApiKeys.LIST_OFFSETS, code));
    if (ends.isEmpty()) return;
    codes.clear();
    one.ask(FetchResponse.class, ApiKeys.FETCH, Calls.fetch(topic, ends, 0, 1024), topic)
        .ifPresent(answer -> Calls.fetched(answer).forEach(p -> codes.add(p.errorCode())));
    codes.forEach(code -> explicit(one, ApiKeys.FETCH, code));
    producers(one, led);
  }

  /** What says who may do what; that a leader moved is the map's to tell. */
  private void explicit(Interview one, ApiKeys call, short code) {
    if (!Calls.moved(Errors.forCode(code))) one.fine(call, inquiry.topic(), code);
  }

  /** A transaction whose coordinator forgot it still stands at the leader. */
  private void producers(Interview one, List<Integer> led) {
    if (!one.knows(ApiKeys.DESCRIBE_PRODUCERS)) return;
    var data = new DescribeProducersRequestData();
    var topic = new DescribeProducersRequestData.TopicRequest().setName(inquiry.topic());
    data.topics().add(topic.setPartitionIndexes(led));
    one.ask(
            DescribeProducersResponse.class,
            ApiKeys.DESCRIBE_PRODUCERS,
            new DescribeProducersRequest.Builder(data),
            inquiry.topic())
        .ifPresent(
            answer ->
                answer
                    .data()
                    .topics()
                    .forEach(t -> t.partitions().forEach(p -> late(one, t.name(), p))));
  }

  private static void late(
      Interview one,
      String topic,
      org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse partition) {
    long nowMs = System.currentTimeMillis();
    partition.activeProducers().stream()
        .filter(p -> p.currentTxnStartOffset() >= 0 && p.lastTimestamp() > 0)
        .filter(p -> nowMs - p.lastTimestamp() >= OPEN_MS)
        .limit(MAX)
        .forEach(
            p ->
                one.tell(
                    new TransactionOpen(
                        topic,
                        partition.partitionIndex(),
                        p.producerId(),
                        nowMs - p.lastTimestamp())));
  }

  private void ofAll(Interview one) {
    String topic = inquiry.topic();
    one.ask(
            DescribeConfigsResponse.class,
            ApiKeys.DESCRIBE_CONFIGS,
            ConfigFacts.ofTopic(topic),
            topic)
        .ifPresent(
            answer ->
                answer
                    .data()
                    .results()
                    .forEach(
                        result -> {
                          if (one.fine(ApiKeys.DESCRIBE_CONFIGS, topic, result.errorCode())) {
                            ConfigFacts.topic(topic, result.configs()).forEach(one::tell);
                          }
                        }));
    ApiKeys quotas = ApiKeys.DESCRIBE_CLIENT_QUOTAS;
    one.ask(
            DescribeClientQuotasResponse.class,
            quotas,
            new DescribeClientQuotasRequest.Builder(ClientQuotaFilter.all()),
            one.name())
        .filter(answer -> one.fine(quotas, one.name(), answer.data().errorCode()))
        .filter(answer -> answer.data().entries() != null)
        .ifPresent(
            answer ->
                answer.data().entries().stream()
                    .flatMap(entry -> ConfigFacts.quota(entry).stream())
                    .limit(MAX)
                    .forEach(one::tell));
  }

  /** Asked of the active controller through this broker: no answer is that controller's. */
  private void quorum(Interview one) {
    if (one.version(ApiKeys.DESCRIBE_QUORUM) < 0) return;
    var log = new TopicPartition(Topic.CLUSTER_METADATA_TOPIC_NAME, 0);
    long beganNs = System.nanoTime();
    one.ask(
            DescribeQuorumResponse.class,
            ApiKeys.DESCRIBE_QUORUM,
            new DescribeQuorumRequest.Builder(DescribeQuorumRequest.singletonRequest(log)),
            one.name())
        .filter(answer -> one.fine(ApiKeys.DESCRIBE_QUORUM, one.name(), answer.data().errorCode()))
        .ifPresent(
            answer -> {
              double ms = (System.nanoTime() - beganNs) / 1e6;
              one.called(ApiKeys.DESCRIBE_QUORUM.name, one.name(), "", ms);
              answer
                  .data()
                  .topics()
                  .forEach(
                      topic ->
                          topic
                              .partitions()
                              .forEach(
                                  p ->
                                      one.tell(
                                          new ControllerSeen(
                                              p.leaderId(), "quorum, by broker " + one.name()))));
            });
  }

  private void moves(Interview one) {
    ApiKeys call = ApiKeys.LIST_PARTITION_REASSIGNMENTS;
    one.ask(
            ListPartitionReassignmentsResponse.class,
            call,
            new ListPartitionReassignmentsRequest.Builder(
                new ListPartitionReassignmentsRequestData().setTopics(null).setTimeoutMs(1000)),
            one.name())
        .filter(answer -> one.fine(call, one.name(), answer.data().errorCode()))
        .ifPresent(
            answer ->
                answer.data().topics().stream()
                    .flatMap(
                        topic ->
                            topic.partitions().stream()
                                .map(
                                    p ->
                                        new Reassigning(
                                            topic.name(),
                                            p.partitionIndex(),
                                            p.addingReplicas(),
                                            p.removingReplicas())))
                    .limit(MAX)
                    .forEach(one::tell));
  }
}
