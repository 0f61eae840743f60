package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class VigilTest {
  @Test
  void aLookThatGoesWrongIsNotTheLast() {
    var looks = new AtomicInteger();
    try (var vigil = new Vigil("trials", Duration.ofMillis(1), () -> fails(looks))) {
      vigil.start();
      await().untilAsserted(() -> assertThat(looks.get()).isGreaterThan(2));
    }
  }

  private static void fails(AtomicInteger looks) {
    if (looks.incrementAndGet() == 1) throw new IllegalStateException("the first one");
  }
}
