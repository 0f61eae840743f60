package holter.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.CauseCode;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.Subject;
import holter.engine.Incident;
import holter.server.Samples;
import holter.server.text.Tongue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
            new Diagnosis(List.of(), List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    IncidentRecord record = new IncidentRecord("c", Tongue.EN, SHANGHAI);
    assertThat(record.markdown(bare, sample.openedAtMs() + 61_000))
        .contains("still open, 1 m 1 s so far")
        .contains("INCONCLUSIVE: hold restarts")
        .contains("cause not found yet")
        .doesNotContain("F04");
  }

  @Test
  void evidenceThatTheDiagnosisUsesComesFirstAndTheRestIsOfTheIncidentsTime() {
    Incident sample = Samples.saturatedHost();
    List<Observation> seen = new ArrayList<>(sample.evidence());
    seen.add(complaint("of the cluster's start", Samples.ONSET - 121_000, Samples.ONSET + 4_000));
    seen.add(complaint("a minute before", Samples.ONSET - 60_000, Samples.ONSET + 4_001));
    String page = record().markdown(with(sample, sample.diagnosis(), seen), Samples.ONSET + 60_000);
    assertThat(page.indexOf("## Evidence")).isLessThan(page.indexOf("## Also seen"));
    assertThat(page.substring(page.indexOf("## Also seen")))
        .contains("a minute before", "once")
        .doesNotContain("of the cluster's start", "E1 ");
  }

  @Test
  void aDeadWorkerBesideASickChannelHasAChainOfItsOwn() {
    Incident sample = Samples.saturatedHost();
    var dead =
        new Diagnosis.Found(
            CauseCode.F60,
            Confidence.CONFIRMED,
            1,
            false,
            new Subject(List.of(), -1, "", List.of("dac-13")),
            List.of(),
            List.of(),
            List.of());
    var both = new ArrayList<>(List.of(dead));
    both.addAll(sample.diagnosis().found());
    Incident incident =
        with(sample, new Diagnosis(both, List.of(), List.of(), List.of()), sample.evidence());
    assertThat(record().markdown(incident, Samples.ONSET + 60_000))
        .contains("**dac-13 → F60 worker dead")
        .contains("**2 instances → partition 4 → broker 1001 → host iota-n2 → F04")
        .startsWith("# Incident inc-0001: F60 worker dead, Kafka healthy: dac-13");
  }

  @Test
  void aBrokerOnAnUnknownHostIsNotSaidToBeOnNothing() {
    Incident sample = Samples.saturatedHost();
    Incident nowhere =
        new Incident(
            sample.id(),
            sample.openedAtMs(),
            -1,
            new Subject(List.of(4), 1001, "", List.of()),
            new Diagnosis(List.of(), List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(record().markdown(nowhere, Samples.ONSET + 60_000))
        .contains("The broker to look at is 1001.")
        .contains("**partition 4 → broker 1001**")
        .doesNotContain("host");
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void evidenceFromEverySourceIsWrittenDown(Source source) {
    Incident sample = Samples.saturatedHost();
    var said = complaint("said by it", Samples.ONSET, Samples.ONSET + 1_000).fact();
    var seen = List.of(new Observation(source, "one", Samples.ONSET + 1_000, said));
    for (Tongue tongue : Tongue.values()) {
      assertThat(
              new IncidentRecord("c", tongue, SHANGHAI)
                  .markdown(with(sample, sample.diagnosis(), seen), Samples.ONSET + 60_000))
          .contains(tongue.say(RecordWord.of(source)) + " · one", "said by it");
    }
  }

  @ParameterizedTest
  @EnumSource(ComplaintKind.class)
  void complaintsOfEveryKindAreWrittenDown(ComplaintKind kind) {
    Incident sample = Samples.saturatedHost();
    long at = Samples.ONSET + 1_000;
    var said = new Fact.Complaint(1005, 1001, kind, 1, at, at, "as the log has it");
    var seen = List.of(new Observation(Source.BROKER_LOGS, "1005", at, said));
    assertThat(record().markdown(with(sample, sample.diagnosis(), seen), at + 60_000))
        .contains("as the log has it");
  }

  private static IncidentRecord record() {
    return new IncidentRecord("c", Tongue.EN, SHANGHAI);
  }

  private static Observation complaint(String sample, long saidMs, long readMs) {
    var fact =
        new Fact.Complaint(1005, 1001, ComplaintKind.REFUSED, 1, saidMs - 1_000, saidMs, sample);
    return new Observation(Source.BROKER_LOGS, "1005", readMs, fact);
  }

  private static Incident with(Incident of, Diagnosis diagnosis, List<Observation> evidence) {
    return new Incident(
        of.id(),
        of.openedAtMs(),
        of.closedAtMs(),
        of.subject(),
        diagnosis,
        of.timeline(),
        evidence,
        of.held(),
        of.restarted());
  }

  private static void matches(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
