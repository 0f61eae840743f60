package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.channel.PartitionMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaSettingsTest {
  @TempDir Path dir;

  @Test
  void securityOfACommandConfigGoesThroughAndItsAddressesDoNot() throws IOException {
    Path file = dir.resolve("client.properties");
    Files.writeString(
        file, "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nbootstrap.servers=other:1\n");
    KafkaSettings settings = KafkaSettings.of(List.of("a:9092")).withCommandConfig(file);
    Map<String, Object> client = settings.client("b:9093", 2500);
    assertThat(settings.encrypted()).isTrue();
    assertThat(client)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("bootstrap.servers", "b:9093")
        .containsEntry("request.timeout.ms", 2500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSL", "ssl", "SASL_SSL", "sasl_ssl"})
  void anEncryptedProtocolIsKnownInAnyCaseAsKafkaTakesIt(String protocol) {
    var settings = new KafkaSettings(List.of("h:1"), Map.of("security.protocol", protocol));
    assertThat(settings.encrypted()).isTrue();
    assertThat(settings.loggingIn()).isEqualTo(protocol.length() > 3);
  }

  @Test
  void anAddressWithoutAPortIsRefusedByName() {
    for (String wrong :
        List.of("kafka-1", "kafka-1:", "kafka-1:port", "http://kafka:9092", "::1")) {
      assertThatThrownBy(() -> KafkaSettings.of(List.of(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong);
    }
    assertThat(KafkaSettings.of(List.of("[::1]:9092", "iota-n2:6667")).bootstrapServers())
        .hasSize(2);
  }

  @Test
  void belowVersionFourNoTopicIsNamedBecauseNamingItCouldCreateIt() {
    var old =
        (org.apache.kafka.common.requests.MetadataRequest.Builder) Calls.metadata(List.of("T"), 3);
    var recent =
        (org.apache.kafka.common.requests.MetadataRequest.Builder) Calls.metadata(List.of("T"), 4);
    assertThat(old.isAllTopics()).isTrue();
    assertThat(recent.topics()).containsExactly("T");
    assertThat(recent.build((short) 4).data().allowAutoTopicCreation()).isFalse();
  }

  @Test
  void aTwinIsLedByWhoLeadsNow() {
    var partition = new PartitionMap(4, 1001, 3, List.of(1003, 1001, 1002), List.of(1001));
    assertThat(TwinTopic.replicas(partition, Map.of())).containsExactly(1001, 1003, 1002);
    assertThat(TwinTopic.replicas(partition, Map.of(4, List.of(1001, 1002, 1003))))
        .containsExactly(1001, 1002, 1003);
    var leaderless = new PartitionMap(4, -1, 3, List.of(1003, 1001), List.of(1001));
    assertThat(TwinTopic.replicas(leaderless, Map.of())).containsExactly(1003, 1001);
  }
}
