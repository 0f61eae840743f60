package holter.server.kafka;

import holter.diagnose.ClusterFact.KeySilence;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks back over a topic's latest records for keys that came regularly and come no more, while
 * others on the same partition go on. Looks at keys and timestamps only; values are not looked at.
 * Bounded: so many records per partition, and keys. Used once.
 */
public final class SenderLook implements RecordSink {
  private static final int RECORDS_MAX = 5_000;
  private static final int KEYS_MAX = 20_000;
  private static final int KEY_BYTES_MAX = 128;
  private static final int TOLD_MAX = 20;

  /** Fewer records show no rhythm. */
  private static final int SEEN_MIN = 6;

  /** So many times its usual pause, and so long at least, and it has stopped. */
  private static final int PAUSES = 8;

  private static final long SILENT_MS = 10_000;

  /** What comes so irregularly is no heartbeat. */
  private static final int IRREGULAR = 4;

  private static final int OTHERS_MIN = 5;

  private final Map<String, List<Long>> times = new HashMap<>();
  private final Map<String, Integer> lastOn = new HashMap<>();
  private final Map<Integer, List<Long>> onPartition = new TreeMap<>();

  @Override
  public synchronized void record(ReadRecord read) {
    if (read.timestampWallMs() <= 0) {
      return;
    }
    onPartition
        .computeIfAbsent(read.partition(), p -> new ArrayList<>())
        .add(read.timestampWallMs());
    String key = text(read.key());
    if (!key.isEmpty() && (times.containsKey(key) || times.size() < KEYS_MAX)) {
      times.computeIfAbsent(key, k -> new ArrayList<>()).add(read.timestampWallMs());
      lastOn.put(key, read.partition());
    }
  }

  private static String text(@Nullable ByteBuffer key) {
    if (key == null || key.remaining() > KEY_BYTES_MAX) {
      return "";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(key.duplicate()).toString();
      return text.chars().allMatch(c -> c >= ' ' && c != 127) ? text : "";
    } catch (CharacterCodingException binary) {
      return "";
    }
  }

  @Override
  public void garbled(int partition, long offset, String why) {
    // a record that nobody can read tells of no key
  }

  @Override
  public void readThrough(int partition, long throughMs) {
    // what was not read in time is not told
  }

  /**
   * Reads for so long, and tells whom it misses.
   *
   * @param maps must keep the topic's map
   * @param back how old a record may be
   */
  public List<Observation> look(
      MapReader maps, String topic, Duration back, Duration atMost, LongSupplier clockMs)
      throws InterruptedException {
    var lookBack = new TopicReader.LookBack(RECORDS_MAX, back.toMillis());
    try (TopicReader reader =
        new TopicReader(maps, topic, lookBack, this, System::currentTimeMillis)) {
      reader.start();
      TimeUnit.MILLISECONDS.sleep(atMost.toMillis());
    }
    return silent().stream()
        .map(s -> new Observation(Source.BEATS, topic, clockMs.getAsLong(), s))
        .toList();
  }

  /** Who stopped, the longest silence first. */
  synchronized List<KeySilence> silent() {
    var all = new ArrayList<KeySilence>();
    times.forEach(
        (key, at) -> {
          long last = at.stream().mapToLong(t -> t).max().orElse(0);
          int partition = lastOn.getOrDefault(key, -1);
          List<Long> there = onPartition.getOrDefault(partition, List.of());
          long latest = there.stream().mapToLong(t -> t).max().orElse(0);
          int after = (int) there.stream().filter(t -> t > last).count();
          long usual = usualMs(at);
          long silent = latest - last;
          if (usual >= 0 && silent >= Math.max(SILENT_MS, PAUSES * usual) && after >= OTHERS_MIN) {
            all.add(new KeySilence(key, partition, at.size(), usual, silent, after));
          }
        });
    all.sort(Comparator.comparingLong(KeySilence::silentMs).reversed());
    return all.stream().limit(TOLD_MAX).toList();
  }

  /** The median pause; −1 where there is no rhythm. */
  private static long usualMs(List<Long> at) {
    if (at.size() < SEEN_MIN) {
      return -1;
    }
    long[] sorted = at.stream().mapToLong(t -> t).sorted().toArray();
    long[] pauses = new long[sorted.length - 1];
    for (int n = 1; n < sorted.length; n++) {
      pauses[n - 1] = sorted[n] - sorted[n - 1];
    }
    Arrays.sort(pauses);
    long median = Math.max(1, pauses[pauses.length / 2]);
    long late = pauses[Math.min(pauses.length - 1, pauses.length * 9 / 10)];
    return late <= IRREGULAR * median ? median : -1;
  }
}
