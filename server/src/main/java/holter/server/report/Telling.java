package holter.server.report;

import holter.diagnose.CauseCode;
import holter.diagnose.Diagnosis;
import holter.diagnose.Subject;
import holter.engine.Incident;
import holter.server.text.Facts;
import holter.server.text.Figures;
import holter.server.text.Tongue;
import holter.words.Phrase;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names the parts of an incident in one language and zone. */
final class Telling {
  final Tongue tongue;
  final Figures figures;
  final Facts facts;

  Telling(Tongue tongue, ZoneId zone) {
    this.tongue = tongue;
    this.figures = new Figures(tongue, zone);
    this.facts = new Facts(tongue, figures);
  }

  List<String> cited(List<Diagnosis.Cited> cited, EvidenceList evidence) {
    return orNothing(
        cited.stream()
            .map(c -> tongue.say(c.claim()) + " (" + evidence.cite(c.observation()) + ")")
            .toList());
  }

  List<String> orNothing(List<String> items) {
    return items.isEmpty() ? List.of(say(RecordWord.NOTHING)) : items;
  }

  List<String> said(List<holter.words.Sentence> sentences) {
    return sentences.stream().map(tongue::say).toList();
  }

  String subject(Subject subject) {
    List<String> parts = new ArrayList<>();
    if (!subject.partitions().isEmpty()) {
      parts.add(partitions(subject));
    }
    if (subject.brokerId() >= 0) {
      parts.add(say(RecordWord.BROKER, subject.brokerId()));
    }
    if (!subject.host().isEmpty()) {
      parts.add(say(RecordWord.HOST, subject.host()));
    }
    subject.names().forEach(named -> parts.add(say(named.what(), named.name())));
    if (parts.isEmpty() && !subject.instances().isEmpty()) {
      parts.add(list(subject.instances()));
    }
    return parts.isEmpty() ? figures.unknown() : list(parts);
  }

  /** One after the other. */
  String list(List<String> parts) {
    return String.join(say(RecordWord.COMMA), parts);
  }

  /** What a cause points at; what it leaves open about the channel, its incident tells. */
  static Subject subjectOf(Diagnosis.Found found, Incident incident) {
    Subject first = found.subject();
    Subject second = incident.subject();
    if (found.code() == CauseCode.F60) {
      return first;
    }
    return new Subject(
        first.partitions().isEmpty() ? second.partitions() : first.partitions(),
        first.brokerId() < 0 ? second.brokerId() : first.brokerId(),
        first.host().isEmpty() ? second.host() : first.host(),
        first.instances().isEmpty() ? second.instances() : first.instances());
  }

  String partitions(Subject subject) {
    String numbers = list(subject.partitions().stream().map(String::valueOf).toList());
    return subject.partitions().size() == 1
        ? say(RecordWord.PARTITION, numbers)
        : say(RecordWord.PARTITIONS, numbers);
  }

  String cause(CauseCode code) {
    return code.name() + " " + tongue.say((Phrase) code);
  }

  static String truth(Incident.Restarted restarted) {
    String truth = restarted.truth().toUpperCase(Locale.ROOT);
    return List.of("EXITED", "STOPPED", "HUNG", "HEALTHY").contains(truth) ? truth : "UNKNOWN";
  }

  List<String> words(RecordWord... words) {
    return List.of(words).stream().map(word -> say(word)).toList();
  }

  String say(Phrase word, Object... args) {
    return tongue.say(word, args);
  }
}
