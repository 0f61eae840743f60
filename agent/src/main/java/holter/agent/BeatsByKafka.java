package holter.agent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Beats on their way through Kafka. The beat loop drops a beat into a small mailbox and goes on; a
 * thread here hands it to the client, which may hold that thread for {@code max.block.ms} and no
 * longer. A beat that finds the mailbox full pushes out the oldest, whose result is {@code
 * BUFFER_FULL}. The producer is made here too, again and again until the bootstrap names resolve,
 * so a start without Kafka or without DNS holds up nothing.
 */
final class BeatsByKafka implements BeatPath {
  private static final int MAILBOX_BEATS = 4;
  private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A calm start knows the topic within half a second; three are worth a line in the log. */
  private static final long METADATA_LATE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Identity who;
  private final String topic;
  private final Properties settings;
  private final SendResults results;
  private final Notices notices;
  private final byte[] key;
  private final ArrayBlockingQueue<Beat> mailbox = new ArrayBlockingQueue<>(MAILBOX_BEATS);
  private final AtomicInteger underWay = new AtomicInteger();
  private final Daemon thread = new Daemon("holter-beat-send", this::run);

  private volatile @Nullable Rotation rotation;
  private volatile long closeAtNanos;
  private @Nullable Producer<byte[], byte[]> producer;
  private long nextOpenNanos = System.nanoTime();
  private long metadataMissingNanos;

  BeatsByKafka(Identity who, AgentConfig.Channel channel, SendResults results, Notices notices) {
    this.who = who;
    this.topic = channel.beatTopic();
    this.settings = ProducerSettings.beats(channel, who.instance(), who.intervalMs());
    this.results = results;
    this.notices = notices;
    this.key = who.instance().getBytes(StandardCharsets.UTF_8);
    thread.start();
  }

  @Override
  public void offer(Beat beat) {
    while (!mailbox.offer(beat)) {
      Beat pushedOut = mailbox.poll();
      if (pushedOut != null) {
        failed(partitionOf(pushedOut), pushedOut, "BUFFER_FULL");
      }
    }
  }

  @Override
  public void close(long deadlineNanos) {
    closeAtNanos = deadlineNanos;
    thread.close(deadlineNanos);
  }

  private void run() throws InterruptedException {
    try {
      while (!thread.closing() || !mailbox.isEmpty()) {
        Beat beat = mailbox.poll(thread.closing() ? 1 : 200, TimeUnit.MILLISECONDS);
        if (beat != null) {
          send(beat);
        } else if (rotation == null && !thread.closing()) {
          learnPartitions();
        }
      }
      while (underWay.get() > 0 && System.nanoTime() - closeAtNanos < 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } finally {
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
    }
  }

  private void send(Beat beat) {
    Rotation now = learnPartitions();
    Producer<byte[], byte[]> open = producer;
    if (now == null || open == null) {
      failed(Beat.NO_PARTITION, beat, "METADATA");
      return;
    }
    int partition = now.partition(beat.seq());
    byte[] value = beat.encode(who, partition, now.partitions(), results.latest());
    long sentNanos = System.nanoTime();
    underWay.incrementAndGet();
    try {
      var unused =
          open.send(
              new ProducerRecord<>(topic, partition, key, value),
              (metadata, error) -> settled(beat, partition, sentNanos, error));
    } catch (RuntimeException e) {
      settled(beat, partition, sentNanos, e);
    }
  }

  private void settled(Beat beat, int partition, long sentNanos, @Nullable Exception error) {
    underWay.decrementAndGet();
    if (error == null) {
      long now = System.nanoTime();
      results.add(SendResult.acked(partition, beat.seq(), (now - sentNanos) / 1_000_000), now);
    } else {
      failed(partition, beat, SendError.of(error));
    }
  }

  private void failed(int partition, Beat beat, String error) {
    results.add(SendResult.failed(partition, beat.seq(), error), System.nanoTime());
  }

  /** The rotation over the partitions there are now; the last one known while Kafka is silent. */
  private @Nullable Rotation learnPartitions() {
    Producer<byte[], byte[]> open = opened();
    if (open == null) {
      return rotation;
    }
    try {
      int count = open.partitionsFor(topic).size();
      Rotation known = rotation;
      if (count > 0 && (known == null || known.partitions() != count)) {
        rotation = Rotation.of(who.instance(), count);
        results.partitions(count);
      }
      notices.over("metadata", "topic " + topic + " is known again");
      metadataMissingNanos = 0;
    } catch (RuntimeException e) { // whatever the client throws, the next beat tries again
      metadataMissing(e);
    }
    return rotation;
  }

  private void metadataMissing(RuntimeException e) {
    long now = System.nanoTime();
    metadataMissingNanos = metadataMissingNanos == 0 ? now : metadataMissingNanos;
    if (now - metadataMissingNanos >= METADATA_LATE_NANOS) {
      notices.say(
          "metadata",
          "topic "
              + topic
              + " is not known: "
              + Notices.reason(e)
              + "; check the bootstrap servers, the topic's name and the rights to it");
    }
  }

  private @Nullable Producer<byte[], byte[]> opened() {
    if (producer == null && System.nanoTime() - nextOpenNanos >= 0) {
      try {
        producer = ProducerSettings.open(settings);
        notices.over("producer", "the beat producer is up");
      } catch (RuntimeException e) {
        nextOpenNanos = System.nanoTime() + REOPEN_NANOS;
        Throwable cause = e.getCause() == null ? e : e.getCause();
        notices.say(
            "producer", "no Kafka producer for the beats yet, trying on: " + Notices.reason(cause));
      }
    }
    return producer;
  }

  private int partitionOf(Beat beat) {
    Rotation known = rotation;
    return known == null ? Beat.NO_PARTITION : known.partition(beat.seq());
  }
}
