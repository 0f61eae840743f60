package holter.lab.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.diagnose.CauseCode;
import holter.lab.cases.CaseReader;
import holter.lab.cases.Expected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MarksTest {
  private static final String CASE =
      """
      kind: case
      name: small
      bundle: somewhere
      expect:
        causes:
          - { code: F01, broker: 1001, host: kafka-1, over: false }
        also: [F28]
        cite:
          - { fact: BrokerReach, text: REFUSED }
          - { sign: NO_SPACE }
        mustNot: { causes: [F04], brokers: [1002], text: ["network"] }
        remedy: ["start broker 1001"]
      """;

  private static final String FOUND =
      """
      {"diagnosis":{"found":[{"code":"F01","confidence":"CONFIRMED","probability":0.9,"over":false,
        "subject":{"partitions":[0],"brokerId":1001,"host":"kafka-1","instances":[],"names":[]},
        "speaksFor":[
          {"claim":{"text":"it refuses"},"observation":{"source":"BROKER_REACH",
            "fact":{"type":"BrokerReach","reach":"REFUSED"}}},
          {"claim":{"text":"its disk is full"},"observation":{"source":"BROKER_LOGS",
            "fact":{"type":"Logged","sign":"NO_SPACE"}}}],
        "remedies":[{"text":"first aid: start broker 1001 on host kafka-1"}]}]}}
      """;

  @Test
  void aWholeAnswerHasAllButWhatItsDoubtCosts() throws Exception {
    var marks = marks(FOUND);
    assertThat(marks.causes()).isEqualTo(3);
    assertThat(marks.subject()).isEqualTo(3);
    assertThat(marks.evidence()).isEqualTo(2);
    assertThat(marks.remedy()).isEqualTo(1);
    assertThat(marks.calibration()).isEqualTo(1 - 0.01, within(1e-9));
    assertThat(marks.total()).isEqualTo(9.99, within(1e-9));
    assertThat(marks.lacks()).isEmpty();
  }

  @Test
  void whatIsMissingCostsItsShareAndIsTold() throws Exception {
    var marks =
        marks(FOUND.replace("kafka-1\",\"inst", "kafka-9\",\"inst").replace("NO_SPACE", "STARTED"));
    assertThat(marks.subject()).isEqualTo(1.5);
    assertThat(marks.evidence()).isEqualTo(1);
    assertThat(marks.lacks()).hasSize(2);
  }

  @Test
  void anInconclusiveCauseIsNoClaim() throws Exception {
    var marks = marks(FOUND.replace("CONFIRMED", "INCONCLUSIVE"));
    assertThat(marks.claimed()).isEmpty();
    assertThat(marks.causes() + marks.subject() + marks.evidence() + marks.remedy()).isZero();
  }

  @Test
  void aPastFaultTakenForAPresentOneIsNotNamed() throws Exception {
    assertThat(marks(FOUND.replace("\"over\":false", "\"over\":true")).causes()).isZero();
  }

  @Test
  void whatMustNotBeSaidMakesAllOfItNothing() throws Exception {
    assertThat(marks(FOUND.replace("it refuses", "its network is full")).total()).isZero();
    assertThat(marks(FOUND.replace("F01", "F04")).zeroedBy()).contains("claims F04");
    assertThat(marks(FOUND.replace("\"brokerId\":1001", "\"brokerId\":1002")).zeroedBy())
        .contains("blames broker 1002");
  }

  @Test
  void aFalseClaimCostsTheCalibrationAndATrueBystanderDoesNot() throws Exception {
    assertThat(Calibration.of(expected(), said(with("F28", "LIKELY")))).isGreaterThan(0.9);
    assertThat(Calibration.of(expected(), said(with("F07", "LIKELY")))).isZero();
    assertThat(Calibration.of(expected(), said(with("F07", "INCONCLUSIVE"))))
        .isEqualTo(1 - (0.01 + 0.81) / 2, within(1e-9));
  }

  @Test
  void silenceAboutASicknessHasNoMarks() throws Exception {
    assertThat(marks("{\"diagnosis\":{\"found\":[]}}").total()).isZero();
  }

  @Test
  void silenceAboutHealthIsWorthAllAndAClaimNothing() throws Exception {
    var healthy =
        CaseReader.read("kind: case\nname: well\nbundle: x\nexpect: { healthy: true }\n", "well")
            .expect();
    assertThat(Marks.of(healthy, said("{\"diagnosis\":{\"found\":[]}}")).total()).isEqualTo(10);
    assertThat(Marks.of(healthy, said(FOUND)).total()).isZero();
  }

  @Test
  void aSheetPassesFromNinetyFivePercentOnAndNeverWithAZero() throws Exception {
    var good = marks(FOUND);
    assertThat(sheet(good).passed()).isTrue();
    assertThat(sheet(good, Marks.none("no answer")).passed()).isFalse();
    var zero = marks(FOUND.replace("it refuses", "its network is full"));
    var many = new Marks[40];
    java.util.Arrays.fill(many, good);
    many[7] = zero;
    assertThat(sheet(many).share(false)).isGreaterThan(Sheet.PASSES);
    assertThat(sheet(many).passed()).isFalse();
    assertThat(sheet(good).confusion()).isEqualTo(Map.of("F01", Map.of("F01", 1)));
    assertThat(SheetText.of(sheet(good))).contains("plain: 99.9 % of 1 answers");
  }

  private static Sheet sheet(Marks... marks) {
    var results =
        java.util.Arrays.stream(marks)
            .map(
                m ->
                    new CaseResult(
                        "a",
                        "",
                        "",
                        List.of(CauseCode.F01),
                        null,
                        null,
                        List.of(),
                        Map.of(),
                        List.of(new CaseResult.Marked(false, 10, 1, -1, List.of(), List.of(), m))))
            .toList();
    return new Sheet(results, List.of());
  }

  private static String with(String code, String confidence) {
    var second = FOUND.substring(FOUND.indexOf("[{") + 1, FOUND.lastIndexOf("]}}"));
    return FOUND.replace(
        "\"found\":[",
        "\"found\":[" + second.replace("F01", code).replace("CONFIRMED", confidence) + ",");
  }

  private static Marks marks(String report) throws JsonProcessingException {
    return Marks.of(expected(), said(report));
  }

  private static Expected expected() {
    return CaseReader.read(CASE, "small").expect();
  }

  private static Said said(String report) throws JsonProcessingException {
    return Said.of(new ObjectMapper().readTree(report));
  }
}
