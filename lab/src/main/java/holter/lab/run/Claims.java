package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.run.RunResult.DiagnosisLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;

/** The causes that Holter claimed during a run, each as it was claimed first. Pure. */
final class Claims {
  private static final int LINES_MAX = 20;

  private Claims() {}

  static List<DiagnosisLine> of(RunTrace trace, OptionalLong onsetMs) {
    var lines = new ArrayList<DiagnosisLine>();
    var known = new HashSet<String>();
    for (var read : trace.sightings().details()) {
      if (read.atMs() < trace.calmMs()) {
        continue;
      }
      for (var found : read.json().path("diagnosis").path("found")) {
        if (known.add(read.id() + claim(found))) {
          lines.add(line(trace, onsetMs, read, found));
        }
      }
    }
    return lines;
  }

  /** What makes a claim another one: its cause, its confidence, or whom it points at. */
  static String claim(JsonNode found) {
    var subject = found.path("subject");
    return "/%s/%s/%s/%s/%s"
        .formatted(
            found.path("code").asText(),
            found.path("confidence").asText(),
            subject.path("brokerId"),
            subject.path("host"),
            subject.path("instances"));
  }

  /** Whom a claim points at, in words: its broker and host as far as it has them, its workers. */
  static String whom(JsonNode subject) {
    var words = new ArrayList<String>();
    if (subject.path("brokerId").asInt(-1) >= 0) {
      words.add("broker " + subject.path("brokerId").asText());
    }
    if (!subject.path("host").asText("").isEmpty()) {
      words.add("host " + subject.path("host").asText());
    }
    var workers = new ArrayList<String>();
    subject.path("instances").forEach(instance -> workers.add(instance.asText()));
    if (!workers.isEmpty()) {
      words.add("workers " + String.join(" ", workers));
    }
    return words.isEmpty() ? "nobody" : String.join(", ", words);
  }

  private static DiagnosisLine line(
      RunTrace trace, OptionalLong onsetMs, Sightings.IncidentRead read, JsonNode found) {
    var diagnosis = read.json().path("diagnosis");
    return new DiagnosisLine(
        read.id(),
        trace.seconds(read.atMs()),
        onsetMs.isPresent() ? Findings.hundredth(read.atMs() - onsetMs.getAsLong()) : null,
        found.path("code").asText(),
        found.path("confidence").asText(),
        found.path("probability").asDouble(),
        found.path("subject"),
        cited(found.path("speaksFor")),
        cited(found.path("speaksAgainst")),
        ruledOut(diagnosis.path("ruledOut")),
        texts(diagnosis.path("notAsked")),
        texts(found.path("remedies")));
  }

  private static List<String> cited(JsonNode list) {
    var lines = new ArrayList<String>();
    for (var cited : list) {
      if (lines.size() < LINES_MAX) {
        var observation = cited.path("observation");
        lines.add(
            "%s (%s %s)"
                .formatted(
                    cited.path("claim").path("text").asText(),
                    observation.path("source").asText(),
                    observation.path("witness").asText()));
      }
    }
    return lines;
  }

  private static List<String> ruledOut(JsonNode list) {
    var lines = new ArrayList<String>();
    for (var out : list) {
      lines.add(out.path("code").asText() + ": " + String.join("; ", cited(out.path("by"))));
    }
    return lines;
  }

  private static List<String> texts(JsonNode list) {
    var lines = new ArrayList<String>();
    for (var sentence : list) {
      if (lines.size() < LINES_MAX) {
        lines.add(sentence.path("text").asText());
      }
    }
    return lines;
  }
}
