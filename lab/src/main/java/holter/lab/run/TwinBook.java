package holter.lab.run;

import holter.lab.fleet.LabClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the twin topic has got at a moment.
 *
 * @param atMs when its ends were told
 * @param ends end offset of each partition; empty when they cannot be told
 * @param copiedBytes what the followers of all its partitions hold, as the brokers say; −1 when
 *     they do not, as those before 1.0
 */
record TwinBook(long atMs, Map<Integer, Long> ends, long copiedBytes) {
  private static final int DEADLINE_MS = 5_000;

  /** Records written so far; −1 when it cannot be told. */
  long records() {
    return ends.isEmpty() ? -1 : ends.values().stream().mapToLong(Long::longValue).sum();
  }

  static TwinBook read(String bootstrap, String topic, int partitions, LabClock clock) {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("request.timeout.ms", String.valueOf(DEADLINE_MS));
    settings.put("default.api.timeout.ms", String.valueOf(DEADLINE_MS));
    try (var admin = Admin.create(settings)) {
      var topics = admin.listTopics().names().get(DEADLINE_MS, TimeUnit.MILLISECONDS);
      if (!topics.contains(topic)) {
        return new TwinBook(clock.nowMs(), Map.of(), -1);
      }
      var ends = ends(admin, topic, partitions);
      return new TwinBook(clock.nowMs(), ends, copied(admin, topic));
    } catch (ExecutionException | TimeoutException | KafkaException unknown) {
      return new TwinBook(clock.nowMs(), Map.of(), -1);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return new TwinBook(clock.nowMs(), Map.of(), -1);
    }
  }

  private static Map<Integer, Long> ends(Admin admin, String topic, int partitions)
      throws ExecutionException, TimeoutException, InterruptedException {
    var asked =
        IntStream.range(0, partitions)
            .boxed()
            .collect(Collectors.toMap(n -> new TopicPartition(topic, n), n -> OffsetSpec.latest()));
    var ends = new TreeMap<Integer, Long>();
    admin
        .listOffsets(asked)
        .all()
        .get(DEADLINE_MS, TimeUnit.MILLISECONDS)
        .forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
    return ends;
  }

  /** All replicas but one of each partition: what was copied, and not what was written. */
  private static long copied(Admin admin, String topic) throws InterruptedException {
    try {
      List<Integer> brokers =
          admin.describeCluster().nodes().get(DEADLINE_MS, TimeUnit.MILLISECONDS).stream()
              .map(node -> node.id())
              .toList();
      var dirs =
          admin.describeLogDirs(brokers).allDescriptions().get(DEADLINE_MS, TimeUnit.MILLISECONDS);
      long total = 0;
      var longest = new HashMap<Integer, Long>();
      for (var ofBroker : dirs.values()) {
        for (var dir : ofBroker.values()) {
          for (var replica : dir.replicaInfos().entrySet()) {
            if (replica.getKey().topic().equals(topic)) {
              long size = replica.getValue().size();
              total += size;
              longest.merge(replica.getKey().partition(), size, Math::max);
            }
          }
        }
      }
      return total - longest.values().stream().mapToLong(Long::longValue).sum();
    } catch (ExecutionException | TimeoutException unknown) {
      return -1;
    }
  }
}
