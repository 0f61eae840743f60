package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StampsTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final long TOLD = Instant.parse("2023-02-02T10:05:41.431Z").toEpochMilli();
  private static final long WRITTEN = Instant.parse("2023-02-02T11:00:00Z").toEpochMilli();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2023-02-02 18:05:41,431] WARN x",
        "2023-02-02 18:05:41,431 WARN x",
        "2023-02-02 18:05:41.431 [main] WARN x",
        "2023/02/02 18:05:41.431 WARN x",
        "2023-02-02T18:05:41.431+08:00 WARN x",
        "2023-02-02T18:05:41.431+0800: 12.3: [GC pause (young), 0.01 secs]",
        "[2023-02-02T10:05:41.431+0000][gc] GC(3) Pause Young 12.3ms",
        "2023-02-02T10:05:41.431123456Z stdout F [2023-02-02 18:05:41,431] WARN x",
        "kafka-1  | [2023-02-02 18:05:41,431] WARN x",
        "[pod/kafka-0/kafka] [2023-02-02 18:05:41,431] WARN x",
        "WARN 2023-02-02 18:05:41,431 x",
        "1675332341431 WARN x",
        "1675332341.431 WARN x",
        "02 Feb 2023 18:05:41,431 WARN x",
        "18:05:41.431 [main] WARN x",
        "{\"level\":\"WARN\",\"timestamp\":\"2023-02-02T10:05:41.431Z\",\"message\":\"x\"}",
        "{\"log\":\"[2023-02-02 18:05:41,431] x\\n\",\"time\":\"2023-02-02T10:05:41.431Z\"}",
        "{\"timeMillis\":1675332341431,\"message\":\"x\"}",
        "\uFEFF[2023-02-02 18:05:41,431] WARN x"
      })
  void everyWayToWriteADateIsRead(String line) {
    assertThat(date(line)).as(line).isEqualTo(TOLD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Feb  2 18:05:41 iota-n2 kernel: x", "[Thu Feb  2 18:05:41 2023] Out of memory"})
  void whatTellsNoYearOrNoMillisecondsIsReadToTheSecond(String line) {
    assertThat(date(line)).isEqualTo(TOLD - 431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\tat java.lang.Thread.run(Thread.java:840)",
        "java.io.IOException: 2023 things",
        "[2023-99-02 18:05:41,431] x",
        "[main] started",
        "12345",
        "",
        "{\"message\":\"x\"}"
      })
  void whatHasNoDateHasNone(String line) {
    assertThat(date(line)).isEqualTo(Stamps.NONE);
  }

  @Test
  void aTimeWithoutADayIsOfTheDayBeforeTheLastWrite() {
    assertThat(date("23:59:59.999 [main] INFO x"))
        .isEqualTo(Instant.parse("2023-02-01T15:59:59.999Z").toEpochMilli());
  }

  private static long date(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return new Stamps(SHANGHAI, WRITTEN).date(bytes, 0, bytes.length);
  }
}
