package holter.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import holter.diagnose.CauseCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A cause as an incident's text has it at a moment.
 *
 * @param broker −1 when it points at none
 * @param host empty when it points at none
 * @param instances workers that it points at
 * @param evidence what speaks for it, a sentence each
 */
record Diagnosed(
    String code,
    String confidence,
    int broker,
    String host,
    List<String> instances,
    List<String> evidence) {
  private static final List<String> RISING = List.of("LIKELY", "CONFIRMED");

  static Diagnosed of(JsonNode found, Spoken spoken) {
    var subject = found.path("subject");
    var instances = new ArrayList<String>();
    subject.path("instances").forEach(instance -> instances.add(instance.asText()));
    var evidence = new ArrayList<String>();
    found.path("speaksFor").forEach(cited -> evidence.add(spoken.sentence(cited.path("claim"))));
    return new Diagnosed(
        found.path("code").asText(),
        found.path("confidence").asText(),
        subject.path("brokerId").asInt(-1),
        subject.path("host").asText(""),
        List.copyOf(instances),
        List.copyOf(evidence));
  }

  /** Likely or confirmed; what is inconclusive is only thought of. */
  boolean claimed() {
    return RISING.contains(confidence);
  }

  boolean confirmed() {
    return confidence.equals("CONFIRMED");
  }

  boolean firmerThan(Diagnosed before) {
    return RISING.indexOf(confidence) > RISING.indexOf(before.confidence);
  }

  /** The same cause of the same subject, however sure. */
  String key() {
    return "/" + code + "/" + broker + "/" + host + (aboutWorkers() ? instances : "");
  }

  private boolean aboutWorkers() {
    return code.equals(CauseCode.F60.name());
  }

  /** Whom it points at: a dead worker by its name, else broker and host as far as it has them. */
  String whom(String lang) {
    var words = new ArrayList<String>();
    if (broker >= 0 && !aboutWorkers()) {
      words.add(Line.BROKER.say(lang, broker));
    }
    if (!host.isEmpty() && !aboutWorkers()) {
      words.add(Line.HOST.say(lang, host));
    }
    if (words.isEmpty()) {
      words.addAll(instances);
    }
    return words.isEmpty() ? "-" : String.join(lang.equals("zh") ? "，" : ", ", words);
  }
}
