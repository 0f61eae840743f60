package holter.lab.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.lab.process.LabException;
import org.junit.jupiter.api.Test;

class KafkaVersionTest {
  @Test
  void onlyVersionsFromThreeOnRunWithoutZooKeeper() {
    assertThat(KafkaVersion.of("0.10.1.1").kraft()).isFalse();
    assertThat(KafkaVersion.of("2.8.2").kraft()).isFalse();
    assertThat(KafkaVersion.of("3.9.2").kraft()).isTrue();
  }

  @Test
  void topicsAreMadeByProtocolFromTheVersionThatHasIt() {
    assertThat(KafkaVersion.of("0.10.0.1").adminCreatesTopics()).isFalse();
    assertThat(KafkaVersion.of("0.10.1.1").adminCreatesTopics()).isTrue();
    assertThat(KafkaVersion.of("4.4.0").adminCreatesTopics()).isTrue();
  }

  @Test
  void whatIsNoVersionIsRefusedWithAnExample() {
    assertThatThrownBy(() -> KafkaVersion.of("latest"))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("'latest'")
        .hasMessageContaining("3.9.2");
  }

  @Test
  void aVersionWithoutPomIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> KafkaDistribution.of("9.9.9", line -> {}))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("9.9.9")
        .hasMessageContaining("0.10.1.1");
  }
}
