package holter.lab.speed;

import holter.lab.process.LabException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A bundle of a large cluster with one starved broker, as files: what {@code kafka-topics} tells of
 * it, every broker's log of the last two hours, and consoles of the starved host and some others.
 * The metadata are made up; the logs are files with lines as a 0.10 broker writes them.
 */
final class LargeBundle {
  /** Id of the starved broker; the others are told by their logs to complain of it. */
  static final int SICK = 1_037;

  private static final int FIRST = 1_001;
  private static final int TOPICS = 20;
  private static final int LOGS_S = 7_200;

  /** The broker is starved for the last half hour. */
  private static final int SICK_S = 1_800;

  /** A replica fetcher gives up after this much silence, by the stock setting. */
  private static final int FETCH_GIVES_UP_S = 30;

  private static final Instant NOW = Instant.parse("2023-02-02T10:32:00Z");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneOffset.UTC);

  private final Path dir;
  private final int brokers;
  private final int partitions;
  private final long logBytes;
  private final Random random = new Random(37);

  /**
   * @param partitions of all topics together, three replicas each
   * @param logBytes of all brokers together
   */
  LargeBundle(Path dir, int brokers, int partitions, long logBytes) {
    this.dir = dir;
    this.brokers = brokers;
    this.partitions = partitions;
    this.logBytes = logBytes;
  }

  static String host(int id) {
    return "kafka-%03d".formatted(id - FIRST + 1);
  }

  /** Writes it, and says how many bytes of logs there are. */
  long write() {
    try {
      Files.createDirectories(dir);
      Files.writeString(dir.resolve("bundle.yaml"), manifest());
      metadata();
      consoles();
      long bytes = 0;
      for (int id = FIRST; id < FIRST + brokers; id++) {
        bytes += log(id);
      }
      return bytes;
    } catch (IOException failed) {
      throw new LabException("the bundle cannot be written; " + failed.getMessage(), failed);
    }
  }

  private String manifest() {
    return IntStream.range(FIRST, FIRST + brokers)
        .mapToObj(id -> "  %d: %s:9092%n".formatted(id, host(id)))
        .collect(
            Collectors.joining(
                "",
                "format: 1%nengineTime: %s%nzone: UTC%ntopic: HeartBeat%nbrokers:%n".formatted(NOW),
                ""));
  }

  private void metadata() throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(dir.resolve("metadata.txt"))) {
      for (int t = 0; t < TOPICS; t++) {
        String topic = t == 0 ? "HeartBeat" : "Data%02d".formatted(t);
        int count = partitions / TOPICS;
        out.write("Topic:%s\tPartitionCount:%d\tReplicationFactor:3%n".formatted(topic, count));
        for (int p = 0; p < count; p++) {
          int leader = (t * 7 + p) % brokers;
          String replicas =
              IntStream.range(0, 3)
                  .mapToObj(r -> Integer.toString(FIRST + (leader + r) % brokers))
                  .collect(Collectors.joining(","));
          out.write(
              "\tTopic: %s\tPartition: %d\tLeader: %d\tReplicas: %s\tIsr: %s%n"
                  .formatted(topic, p, FIRST + leader, replicas, replicas));
        }
      }
    }
  }

  private void consoles() throws IOException {
    for (int id = SICK - 3; id <= SICK + 3; id++) {
      Path host = Files.createDirectories(dir.resolve("hosts").resolve(host(id)));
      boolean sick = id == SICK;
      Files.writeString(
          host.resolve("bmon.txt"),
          """
          Interfaces                     │ RX bps       pps     %%│ TX bps       pps     %%
          >eth0                          │  %sMiB  31.40K      │  %sMiB  33.86K
          """
              .formatted(sick ? "109.61" : "9.61", sick ? "112.87" : "11.87"));
      Files.writeString(
          host.resolve("ethtool.txt"), "Settings for eth0:\n\tSpeed: 1000Mb/s\n\tDuplex: Full\n");
    }
  }

  private long log(int id) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("logs").resolve(host(id)));
    long wanted = logBytes / brokers;
    long written = 0;
    long lastComplaintMs = 0;
    long lines = wanted / 190;
    long fromMs = NOW.toEpochMilli() - LOGS_S * 1_000L;
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("server.log"))) {
      for (long n = 0; written < wanted; n++) {
        long atMs = Math.min(fromMs + LOGS_S * 1_000L * n / lines, NOW.toEpochMilli());
        boolean starved = atMs > NOW.toEpochMilli() - SICK_S * 1_000L;
        boolean complains =
            starved && id != SICK && atMs - lastComplaintMs > FETCH_GIVES_UP_S * 1_000L;
        String line = "[" + STAMP.format(Instant.ofEpochMilli(atMs)) + "] ";
        if (complains && Math.abs(id - SICK) < 3) {
          lastComplaintMs = atMs;
          line += COMPLAINT;
        } else {
          line += noise(id);
        }
        out.write(line);
        written += line.length();
      }
    }
    return written;
  }

  private static final String COMPLAINT =
      """
      WARN [ReplicaFetcherThread-0-%d], Error in fetch X (kafka.server.ReplicaFetcherThread)
      java.io.IOException: Connection to %d was disconnected before the response was read
      \tat scala.Option.foreach(Option.scala:236)
      """
          .formatted(SICK, SICK);

  private String noise(int id) {
    int topic = random.nextInt(TOPICS);
    int partition = random.nextInt(500);
    long offset = random.nextLong(1L << 40);
    return switch (random.nextInt(4)) {
      case 0 ->
          ("INFO Rolled new log segment for 'Data%02d-%d' in %d ms. (kafka.log.Log) [offset %d,"
                  + " segment of topic partition, roll by time, size and index checked]%n")
              .formatted(topic, partition, random.nextInt(20), offset);
      case 1 ->
          ("INFO Scheduling log segment %d for log Data%02d-%d for deletion. (kafka.log.Log)"
                  + " [retention of the topic is over for this segment, by its last time]%n")
              .formatted(offset, topic, partition);
      case 2 ->
          ("INFO [Group Metadata Manager on Broker %d]: Removed %d expired offsets in %d"
                  + " milliseconds. (kafka.coordinator.GroupMetadataManager)%n")
              .formatted(id, random.nextInt(9), random.nextInt(30));
      default ->
          ("INFO Deleting segment %d from log Data%02d-%d. (kafka.log.Log) [index and log file are"
                  + " removed from the directory after the delay of the broker]%n")
              .formatted(offset, topic, partition);
    };
  }
}
