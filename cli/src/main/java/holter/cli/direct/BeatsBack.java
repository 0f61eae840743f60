package holter.cli.direct;

import holter.server.kafka.ReadRecord;
import holter.server.kafka.RecordSink;
import holter.server.kafka.TopicReader;
import holter.server.remedy.PlanRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The symptom of a dead worker: no beat of it. Gone when a record comes whose key is its own or,
 * where its pod got another name, its successor's. Reads the topic from its end, without a group.
 */
final class BeatsBack implements PlanRun.Symptom {
  private static final Duration GLANCE = Duration.ofMillis(250);

  /** Keys kept at most: more senders than this are not waited for by name. */
  private static final int KEYS_MAX = 10_000;

  private final Cluster cluster;
  private final String instance;
  private final Supplier<Set<String>> successors;
  private final Duration patience;

  /**
   * @param instance whose beats ended
   * @param successors names under which it may beat now
   * @param patience how long its first beat is waited for: it starts, and registers, before
   */
  BeatsBack(Cluster cluster, String instance, Supplier<Set<String>> successors, Duration patience) {
    this.cluster = cluster;
    this.instance = instance;
    this.successors = successors;
    this.patience = patience;
  }

  /** Who was heard. */
  private static final class Heard implements RecordSink {
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

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
  public Seen watch() throws InterruptedException {
    var heard = new Heard();
    long endMs = cluster.nowMs() + patience.toMillis();
    try (var reader =
        new TopicReader(
            cluster.maps(),
            cluster.topic(),
            TopicReader.LookBack.NONE,
            heard,
            System::currentTimeMillis)) {
      reader.start();
      int known = 0;
      while (cluster.nowMs() < endMs) {
        Thread.sleep(GLANCE);
        if (heard.keys.contains(instance)) {
          return new Seen(true, instance + " beats");
        }
        if (heard.keys.size() > known) { // Kubernetes is asked only when somebody new was heard
          known = heard.keys.size();
          var names = new TreeSet<>(successors.get());
          names.retainAll(heard.keys);
          if (!names.isEmpty()) {
            return new Seen(
                true, "%s beats, in the stead of %s".formatted(names.first(), instance));
          }
        }
      }
    }
    return new Seen(false, "no beat of %s came in %d s".formatted(instance, patience.toSeconds()));
  }
}
