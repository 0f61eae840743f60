package holter.server.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.ProduceRequest;

/** Requests as Holter words them, for brokers from 0.10.0 on, and how their answers are read. */
final class Calls {
  static final long LATEST = ListOffsetsRequest.LATEST_TIMESTAMP;
  static final long EARLIEST = ListOffsetsRequest.EARLIEST_TIMESTAMP;

  /** The last version that names topics; later ones need topic ids, which old brokers lack. */
  private static final short FETCH_VERSION_MAX = 12;

  /** From this version on a metadata request can forbid that asking for a topic creates it. */
  private static final int METADATA_VERSION_SAFE = 4;

  private Calls() {}

  /**
   * Metadata of some topics. A broker below 0.11 may create a topic because it is asked for, so
   * there all topics are listed and none is named.
   */
  static AbstractRequest.Builder<?> metadata(Collection<String> topics, int version) {
    return version >= METADATA_VERSION_SAFE
        ? new MetadataRequest.Builder(List.copyOf(topics), false)
        : MetadataRequest.Builder.allTopics();
  }

  /**
   * One record to each of some partitions of one topic, acknowledged by the leader alone.
   *
   * @param magic the record format that the broker keeps
   */
  static AbstractRequest.Builder<?> produce(
      String topic, Map<Integer, SimpleRecord> records, byte magic, int timeoutMs) {
    return produce(topic, records, magic, timeoutMs, 1);
  }

  /**
   * @param acks 1 for the leader alone, −1 for all replicas in sync
   */
  static AbstractRequest.Builder<?> produce(
      String topic, Map<Integer, SimpleRecord> records, byte magic, int timeoutMs, int acks) {
    var partitions = new ArrayList<ProduceRequestData.PartitionProduceData>();
    records.forEach(
        (partition, sent) ->
            partitions.add(
                new ProduceRequestData.PartitionProduceData()
                    .setIndex(partition)
                    .setRecords(MemoryRecords.withRecords(magic, Compression.NONE, sent))));
    var data = new ProduceRequestData().setAcks((short) acks).setTimeoutMs(timeoutMs);
    data.topicData()
        .add(new ProduceRequestData.TopicProduceData().setName(topic).setPartitionData(partitions));
    return ProduceRequest.forMagic(magic, data);
  }

  /** The record format to write with, by the version of the produce call that both sides speak. */
  static byte magic(int produceVersion) {
    return ProduceRequest.requiredMagicForVersion((short) Math.max(2, produceVersion));
  }

  /** A fetch from several partitions of one topic; waits on the broker until one has a record. */
  static AbstractRequest.Builder<?> fetch(
      String topic, Map<Integer, Long> offsets, int maxWaitMs, int partitionMaxBytes) {
    var asked = new LinkedHashMap<TopicPartition, FetchRequest.PartitionData>();
    offsets.forEach(
        (partition, offset) ->
            asked.put(
                new TopicPartition(topic, partition),
                new FetchRequest.PartitionData(
                    Uuid.ZERO_UUID, offset, -1, partitionMaxBytes, Optional.empty())));
    return FetchRequest.Builder.forConsumer(FETCH_VERSION_MAX, maxWaitMs, 1, asked)
        .setMaxBytes(Math.max(1, offsets.size()) * partitionMaxBytes);
  }

  static List<FetchResponseData.PartitionData> fetched(AbstractResponse answer) {
    var all = new ArrayList<FetchResponseData.PartitionData>();
    ((FetchResponse) answer).data().responses().forEach(topic -> all.addAll(topic.partitions()));
    return all;
  }

  /** The offset after the last whole batch of an answer; {@code from} when there is none. */
  static long endOf(FetchResponseData.PartitionData data, long from) {
    long end = from;
    if (data.records() instanceof MemoryRecords records) {
      for (RecordBatch batch : records.batches()) {
        end = Math.max(end, batch.nextOffset());
      }
    }
    return end;
  }

  /** Where partitions of one topic begin ({@link #EARLIEST}) or end ({@link #LATEST}). */
  static AbstractRequest.Builder<?> offsets(String topic, Collection<Integer> partitions, long at) {
    var asked = new ListOffsetsTopic().setName(topic);
    asked.setPartitions(
        partitions.stream()
            .map(
                number ->
                    new ListOffsetsPartition()
                        .setPartitionIndex(number)
                        .setTimestamp(at)
                        .setMaxNumOffsets(1))
            .toList());
    return ListOffsetsRequest.Builder.forConsumer(false, IsolationLevel.READ_UNCOMMITTED)
        .setTargetTimes(List.of(asked));
  }

  /** Where partitions of several topics begin or end. */
  static AbstractRequest.Builder<?> offsets(Collection<TopicPartition> partitions, long at) {
    var asked = new LinkedHashMap<String, ListOffsetsTopic>();
    for (TopicPartition partition : partitions) {
      asked
          .computeIfAbsent(partition.topic(), name -> new ListOffsetsTopic().setName(name))
          .partitions()
          .add(
              new ListOffsetsPartition()
                  .setPartitionIndex(partition.partition())
                  .setTimestamp(at)
                  .setMaxNumOffsets(1));
    }
    return ListOffsetsRequest.Builder.forConsumer(false, IsolationLevel.READ_UNCOMMITTED)
        .setTargetTimes(List.copyOf(asked.values()));
  }

  static Map<Integer, ListOffsetsPartitionResponse> offsetsOf(AbstractResponse answer) {
    var all = new HashMap<Integer, ListOffsetsPartitionResponse>();
    ((ListOffsetsResponse) answer)
        .data()
        .topics()
        .forEach(topic -> topic.partitions().forEach(p -> all.put(p.partitionIndex(), p)));
    return all;
  }

  /** The offset in an answer: 0.10.0 gives a list, later brokers one number. */
  static long offsetIn(ListOffsetsPartitionResponse partition) {
    return partition.oldStyleOffsets().isEmpty()
        ? partition.offset()
        : partition.oldStyleOffsets().getFirst();
  }

  /** Whether an error says that this broker is not the one to ask about a partition. */
  static boolean moved(Errors error) {
    return switch (error) {
      case NOT_LEADER_OR_FOLLOWER,
          UNKNOWN_TOPIC_OR_PARTITION,
          LEADER_NOT_AVAILABLE,
          REPLICA_NOT_AVAILABLE,
          FENCED_LEADER_EPOCH ->
          true;
      default -> false;
    };
  }

  /** Why a request has no answer, in Kafka's words. */
  static String error(ClientResponse response) {
    if (response.authenticationException() != null) {
      return "AUTHENTICATION_FAILED";
    }
    if (response.versionMismatch() != null) {
      return "UNSUPPORTED_VERSION";
    }
    return response.wasTimedOut() ? "REQUEST_TIMED_OUT" : "NETWORK_EXCEPTION";
  }
}
