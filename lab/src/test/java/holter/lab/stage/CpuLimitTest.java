package holter.lab.stage;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpuLimitTest {
  @Test
  void aBusyProcessIsHeldBackAndLetGoAgain(@TempDir Path dir) {
    try (var children = new Children()) {
      var busy =
          children.start(
              new ChildSpec(
                  "busy",
                  "here",
                  List.of("/bin/sh", "-c", "while :; do :; done"),
                  Map.of(),
                  dir,
                  dir.resolve("out")));
      try (var limit = CpuLimit.of(busy, 5)) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> limit.kind() == CpuLimit.Kind.SIGNALS || limit.throttled() > 5);
      }
      assertThat(busy.alive()).isTrue();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !busy.stopped());
    }
  }
}
