package holter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import holter.words.Sentence;
import java.util.List;

/** What a diagnosis must tell, and what it must not. */
final class Told {
  private Told() {}

  static List<CauseCode> codes(Diagnosis diagnosis) {
    return diagnosis.found().stream().map(Diagnosis.Found::code).toList();
  }

  /** This cause before all others, confirmed, of this broker on its host. */
  static Diagnosis.Found confirmed(Evidence evidence, CauseCode code, int broker, String host) {
    var found = confirmed(evidence, code);
    assertThat(found.subject().brokerId()).isEqualTo(broker);
    assertThat(found.subject().host()).isEqualTo(host);
    return found;
  }

  static Diagnosis.Found confirmed(Evidence evidence, CauseCode code) {
    var diagnosis = evidence.diagnose();
    var found = diagnosis.first().orElseThrow(() -> new AssertionError("nothing found"));
    assertThat(found.code()).as(() -> lines(diagnosis)).isEqualTo(code);
    assertThat(found.confidence()).as(() -> lines(diagnosis)).isEqualTo(Confidence.CONFIRMED);
    assertThat(found.remedies()).isNotEmpty();
    return found;
  }

  /** This cause before all others, of this broker on its host, at least likely. */
  static Diagnosis.Found claimed(Evidence evidence, CauseCode code, int broker, String host) {
    var diagnosis = evidence.diagnose();
    var found = diagnosis.first().orElseThrow(() -> new AssertionError("nothing found"));
    assertThat(found.code()).as(() -> lines(diagnosis)).isEqualTo(code);
    assertThat(found.subject().brokerId()).isEqualTo(broker);
    assertThat(found.subject().host()).isEqualTo(host);
    return found;
  }

  static void not(Evidence evidence, CauseCode... codes) {
    var diagnosis = evidence.diagnose();
    assertThat(codes(diagnosis)).as(() -> lines(diagnosis)).doesNotContain(codes);
  }

  static void nothing(Evidence evidence) {
    var diagnosis = evidence.diagnose();
    assertThat(diagnosis.found()).as(() -> lines(diagnosis)).isEmpty();
  }

  static List<String> remedies(Diagnosis.Found found) {
    return found.remedies().stream().map(Sentence::english).toList();
  }

  private static String lines(Diagnosis diagnosis) {
    var text = new StringBuilder();
    for (var found : diagnosis.found()) {
      text.append(found.code()).append(' ').append(found.confidence()).append(' ');
      text.append(found.probability()).append('\n');
      found.speaksFor().forEach(c -> text.append("  + ").append(c.claim()).append('\n'));
      found.speaksAgainst().forEach(c -> text.append("  - ").append(c.claim()).append('\n'));
    }
    return text.toString();
  }
}
