package holter.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import holter.engine.Incident;
import holter.server.Samples;
import holter.server.text.Tongue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares whole records with golden files; {@code -Dgolden=write} writes them anew. */
class IncidentRecordTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report");
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void theRecordReadsAsTheGoldenFile(Tongue tongue) throws IOException {
    Incident incident = Samples.closed(Samples.saturatedHost());
    IncidentRecord record = new IncidentRecord("incident", tongue, SHANGHAI);
    String markdown = record.markdown(incident, Samples.ONSET + 700_000);
    matches("inc-0001." + tongue.code() + ".md", markdown);
    matches(
        "inc-0001." + tongue.code() + ".html",
        RecordPage.of(markdown, record.headline(incident), tongue));
  }

  @Test
  void whatALogLineBringsCannotBecomeMarkup() {
    IncidentRecord record = new IncidentRecord("c", Tongue.EN, SHANGHAI);
    String markdown = record.markdown(Samples.saturatedHost(), Samples.ONSET + 60_000);
    String page = RecordPage.of(markdown, "t", Tongue.EN);
    assertThat(page).contains("&lt;b&gt;before&lt;/b&gt;").doesNotContain("<b>before");
    assertThat(page).contains("disconnected | ");
  }

  @Test
  void anOpenIncidentSaysSoAndAnUnknownCauseIsNotMadeUp() {
    Incident sample = Samples.saturatedHost();
    Incident bare =
        new Incident(
            "inc-0002",
            sample.openedAtMs(),
            -1,
            sample.subject(),
            new holter.diagnose.Diagnosis(
                java.util.List.of(), java.util.List.of(), java.util.List.of(), java.util.List.of()),
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of());
    IncidentRecord record = new IncidentRecord("c", Tongue.EN, SHANGHAI);
    assertThat(record.markdown(bare, sample.openedAtMs() + 61_000))
        .contains("still open, 1 m 1 s so far")
        .contains("INCONCLUSIVE: hold restarts")
        .contains("cause not found yet")
        .doesNotContain("F04");
  }

  private static void matches(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
