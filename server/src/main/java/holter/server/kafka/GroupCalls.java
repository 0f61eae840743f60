package holter.server.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.requests.DescribeGroupsResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.ListGroupsRequest;
import org.apache.kafka.common.requests.ListGroupsResponse;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;

/** The calls about groups and places, for brokers from 0.10.0 on. Only reads. */
final class GroupCalls {
  /** So many groups are described in one request. */
  private static final int BATCH = 50;

  /** From this version on a broker tells all of a group's places without being told which. */
  private static final int ALL_PLACES = 2;

  private GroupCalls() {}

  /**
   * A group as its coordinator describes it.
   *
   * @param assigned what its members read, as far as they say so
   */
  record Described(
      String state, int coordinatorId, Set<String> members, Set<TopicPartition> assigned) {}

  /** The groups that a broker coordinates. */
  static List<String> list(Interview one) {
    return one.ask(
            ListGroupsResponse.class,
            ApiKeys.LIST_GROUPS,
            new ListGroupsRequest.Builder(new ListGroupsRequestData()),
            one.name())
        .filter(answer -> one.fine(ApiKeys.LIST_GROUPS, one.name(), answer.data().errorCode()))
        .map(answer -> answer.data().groups().stream().map(g -> g.groupId()).toList())
        .orElse(List.of());
  }

  static Map<String, Described> describe(Interview one, List<String> groups) {
    var all = new HashMap<String, Described>();
    for (int from = 0; from < groups.size(); from += BATCH) {
      List<String> some = groups.subList(from, Math.min(groups.size(), from + BATCH));
      one.ask(
              DescribeGroupsResponse.class,
              ApiKeys.DESCRIBE_GROUPS,
              new DescribeGroupsRequest.Builder(new DescribeGroupsRequestData().setGroups(some)),
              one.name())
          .ifPresent(
              answer ->
                  answer
                      .data()
                      .groups()
                      .forEach(
                          group -> {
                            String name = group.groupId();
                            if (one.fine(ApiKeys.DESCRIBE_GROUPS, name, group.errorCode())) {
                              all.put(name, described(one, group));
                            }
                          }));
    }
    return all;
  }

  private static Described described(Interview one, DescribedGroup group) {
    var members = new TreeSet<String>();
    var assigned = new HashSet<TopicPartition>();
    for (var member : group.members()) {
      members.add(member.memberId());
      if (group.protocolType().equals("consumer") && member.memberAssignment().length > 0) {
        try {
          var its = java.nio.ByteBuffer.wrap(member.memberAssignment());
          assigned.addAll(ConsumerProtocol.deserializeAssignment(its).partitions());
        } catch (RuntimeException foreign) { // an assignment in a shape of its own
          members.add(member.memberId());
        }
      }
    }
    return new Described(group.groupState(), one.broker().id(), members, assigned);
  }

  /**
   * Where a group stands.
   *
   * @param known asked for where the broker has to be told which; others tell all there are
   */
  static Map<TopicPartition, Long> places(
      Interview one, String group, Collection<TopicPartition> known) {
    boolean all = one.version(ApiKeys.OFFSET_FETCH) >= ALL_PLACES;
    if (!all && known.isEmpty()) return Map.of();
    var places = new HashMap<TopicPartition, Long>();
    one.ask(
            OffsetFetchResponse.class,
            ApiKeys.OFFSET_FETCH,
            new OffsetFetchRequest.Builder(group, false, all ? null : List.copyOf(known), false),
            group)
        .ifPresent(
            answer -> {
              Errors error = answer.groupLevelError(group);
              if (error == null) error = answer.error();
              if (!one.fine(ApiKeys.OFFSET_FETCH, group, error.code())) return;
              answer
                  .partitionDataMap(group)
                  .forEach(
                      (partition, place) -> {
                        if (!place.hasError() && place.offset >= 0) {
                          places.put(partition, place.offset);
                        }
                      });
            });
    return places;
  }

  /**
   * Who coordinates a group, by one broker's word. Asking creates Kafka's own topic of places where
   * there is none, so that must exist.
   */
  static void coordinator(Interview one, String group) {
    var data = new FindCoordinatorRequestData().setKeyType((byte) 0);
    boolean several = one.version(ApiKeys.FIND_COORDINATOR) >= 4;
    var asked = several ? data.setCoordinatorKeys(List.of(group)) : data.setKey(group);
    one.ask(
            FindCoordinatorResponse.class,
            ApiKeys.FIND_COORDINATOR,
            new FindCoordinatorRequest.Builder(asked),
            group)
        .flatMap(answer -> answer.coordinatorByKey(group))
        .ifPresent(told -> one.fine(ApiKeys.FIND_COORDINATOR, group, told.errorCode()));
  }

  /** Where partitions that a broker leads begin or end. */
  static void offsets(
      Interview one,
      Collection<TopicPartition> partitions,
      long at,
      BiConsumer<TopicPartition, Long> place) {
    if (partitions.isEmpty()) return;
    one.ask(
            ListOffsetsResponse.class,
            ApiKeys.LIST_OFFSETS,
            Calls.offsets(partitions, at),
            one.name())
        .ifPresent(
            answer ->
                answer
                    .data()
                    .topics()
                    .forEach(
                        topic ->
                            topic
                                .partitions()
                                .forEach(
                                    p -> {
                                      if (p.errorCode() == 0) {
                                        place.accept(
                                            new TopicPartition(topic.name(), p.partitionIndex()),
                                            Calls.offsetIn(p));
                                      }
                                    })));
  }
}
