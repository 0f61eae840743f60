package holter.lab.speed;

import holter.engine.Input;
import holter.lab.process.LabException;
import holter.server.kafka.BeatMapping;
import holter.server.kafka.ReadRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * A stock consumer in a loop: what Holter's own way of reading is held against. Its fetches are as
 * large as Holter's, its values are not copied.
 */
final class PollLoop {
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final String bootstrap;

  PollLoop(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Reads {@code beats} records and touches each value; records per second. */
  double bare(long beats) {
    return run(beats, PollLoop::touch);
  }

  /** Reads as many and maps each to a beat as the orchestrator does; records per second. */
  double parsing(long beats, BeatMapping mapping) {
    return run(beats, read -> parse(read, mapping));
  }

  private static int touch(ConsumerRecord<ByteBuffer, ByteBuffer> read) {
    ByteBuffer value = read.value();
    int sum = 0;
    for (int at = value.position(); at < value.limit(); at += 64) { // each line of the cache
      sum += value.get(at);
    }
    return sum;
  }

  private static int parse(ConsumerRecord<ByteBuffer, ByteBuffer> read, BeatMapping mapping) {
    Input input =
        mapping.map(
            new ReadRecord(
                read.partition(),
                read.offset(),
                read.timestamp(),
                read.key(),
                read.value(),
                read.headers().toArray()));
    if (!(input instanceof Input.Heard heard)) {
      throw new LabException("a beat was not read as one: " + input);
    }
    return (int) heard.beat().seq();
  }

  private double run(long beats, ToIntFunction<ConsumerRecord<ByteBuffer, ByteBuffer>> each) {
    List<TopicPartition> all =
        IntStream.range(0, OneBroker.PARTITIONS)
            .mapToObj(number -> new TopicPartition(OneBroker.TOPIC, number))
            .toList();
    try (var consumer = consumer()) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long begunNs = 0;
      long read = 0;
      long sum = 0;
      while (read < beats) {
        var records = consumer.poll(SILENCE_MAX);
        if (records.isEmpty()) {
          throw new LabException("the broker went silent after %d beats".formatted(read));
        }
        begunNs = begunNs == 0 ? System.nanoTime() : begunNs;
        for (var record : records) {
          sum += each.applyAsInt(record);
        }
        read += records.count();
      }
      double seconds = (System.nanoTime() - begunNs) / 1e9;
      return sum == Long.MIN_VALUE ? 0 : read / seconds; // the sum is used, so the work is done
    }
  }

  private KafkaConsumer<ByteBuffer, ByteBuffer> consumer() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "enable.auto.commit",
            false,
            "max.poll.records",
            2_000,
            "max.partition.fetch.bytes",
            1 << 20,
            "receive.buffer.bytes",
            -1,
            "enable.metrics.push",
            false);
    return new KafkaConsumer<>(
        settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
  }
}
