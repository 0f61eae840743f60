package holter.lab.score;

import com.fasterxml.jackson.databind.JsonNode;
import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a printed diagnosis says, read from its JSON as anybody could.
 *
 * @param causes strongest first
 */
record Said(List<Cause> causes) {
  /**
   * A named cause.
   *
   * @param cited the observations that it cites, as JSON, with the claim beside them
   * @param text its words and remedies, one line each
   */
  record Cause(
      CauseCode code,
      Confidence confidence,
      double probability,
      boolean over,
      JsonNode subject,
      List<Cited> cited,
      List<String> text,
      List<String> remedies) {
    /** A claim: likely or confirmed. What is inconclusive claims nothing. */
    boolean claimed() {
      return confidence != Confidence.INCONCLUSIVE;
    }
  }

  /** A cited observation. */
  record Cited(String claim, JsonNode observation) {}

  /** Reads the report of {@code holter diagnose -o json}. */
  static Said of(JsonNode report) {
    var causes = new ArrayList<Cause>();
    for (var found : report.path("diagnosis").path("found")) {
      var remedies = texts(found.path("remedies"));
      var cited = new ArrayList<Cited>();
      for (var one : found.path("speaksFor")) {
        cited.add(new Cited(text(one.path("claim")), one.path("observation")));
      }
      var words = Stream.concat(cited.stream().map(Cited::claim), remedies.stream()).toList();
      causes.add(
          new Cause(
              CauseCode.valueOf(found.path("code").asText()),
              Confidence.valueOf(found.path("confidence").asText().toUpperCase(Locale.ROOT)),
              found.path("probability").asDouble(),
              found.path("over").asBoolean(),
              found.path("subject"),
              cited,
              words,
              remedies));
    }
    return new Said(causes);
  }

  private static List<String> texts(JsonNode sentences) {
    var texts = new ArrayList<String>();
    sentences.forEach(sentence -> texts.add(text(sentence)));
    return texts;
  }

  private static String text(JsonNode sentence) {
    return sentence.path("text").asText(sentence.asText());
  }
}
