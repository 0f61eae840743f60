package holter.cli.direct;

import holter.server.kafka.ReadRecord;
import holter.server.kafka.RecordSink;
import holter.server.kafka.TopicReader;
import holter.server.remedy.BeatsBack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hears the keys of the heartbeats' topic, read from its end, without a group. Thread-safe. */
final class TopicEars implements BeatsBack.Ears {
  /** Keys kept at most: more senders than this are not waited for by name. */
  private static final int KEYS_MAX = 10_000;

  private final TopicReader reader;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();

  TopicEars(Cluster cluster) {
    reader =
        new TopicReader(
            cluster.maps(),
            cluster.topic(),
            TopicReader.LookBack.NONE,
            new Sink(),
            System::currentTimeMillis);
    reader.start();
  }

  private final class Sink implements RecordSink {
    @Override
    public void record(ReadRecord read) {
      ByteBuffer key = read.key();
      if (key != null && keys.size() < KEYS_MAX) {
        keys.add(StandardCharsets.UTF_8.decode(key.duplicate()).toString());
      }
    }

    @Override
    public void garbled(int partition, long offset, String why) {}

    @Override
    public void readThrough(int partition, long throughMs) {}
  }

  @Override
  public Set<String> heard() {
    return Set.copyOf(keys);
  }

  @Override
  public void close() {
    reader.close();
  }
}
