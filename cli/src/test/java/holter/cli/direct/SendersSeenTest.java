package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.ClusterFact.SenderSeen;
import holter.diagnose.Observation;
import holter.server.ClusterAsk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends, as the records of a real topic tell it. */
final class SendersSeenTest {
  private static final int PARTITION = 1;

  /** Two minutes of three senders, of which one ended 40 s ago. Their clocks are a bit ahead. */
  private static void beats(ClusterLab lab) {
    var settings = lab.client();
    settings.put("compression.type", "gzip");
    settings.put("linger.ms", "20");
    settings.put("acks", "all");
    long now = System.currentTimeMillis() + 4_000;
    try (var producer = new KafkaProducer<byte[], byte[]>(settings)) {
      for (long at = now - 120_000; at < now; at += 500) {
        for (String key : List.of("dac-1", "dac-2", "dac-7")) {
          if (key.equals("dac-7") && at >= now - 40_000) continue;
          var bytes = key.getBytes(StandardCharsets.UTF_8);
          var _ =
              producer.send(
                  new ProducerRecord<>(ClusterLab.TOPIC, PARTITION, at, bytes, new byte[900]));
        }
        var _ = producer.send(new ProducerRecord<>(ClusterLab.TOPIC, PARTITION, null, new byte[9]));
      }
      producer.flush();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.10.1.1", "3.9.2"})
  void aSenderThatEndedIsTellableFromThoseThatGoOnAndNothingIsWritten(String version) {
    try (ClusterLab lab = ClusterLab.start(version)) {
      beats(lab);
      Map<String, Long> before = lab.state();
      List<Observation> seen = lab.round(ClusterAsk.READING.andSenders());
      assertThat(lab.state()).isEqualTo(before);
      List<SenderSeen> senders = ClusterWordsTest.of(seen, SenderSeen.class);
      assertThat(senders)
          .as("the most silent first")
          .extracting(SenderSeen::sender)
          .startsWith("dac-7")
          .containsOnly("dac-1", "dac-2", "dac-7");
      SenderSeen ended = senders.getFirst();
      assertThat(ended.partitions()).containsExactly(PARTITION);
      assertThat(ended.everyMs()).isEqualTo(500);
      assertThat(ended.silentMs()).isBetween(38_000L, 41_000L);
      assertThat(ended.others()).isEqualTo(2);
      assertThat(ended.lateMs()).isZero();
      assertThat(senders.getLast().silentMs()).isLessThan(1_000);
      assertThat(ClusterWordsTest.of(lab.round(ClusterAsk.READING), SenderSeen.class))
          .as("only who asks for it reads records")
          .isEmpty();
    }
  }
}
