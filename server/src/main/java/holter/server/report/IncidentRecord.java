package holter.server.report;

import holter.diagnose.CauseCode;
import holter.diagnose.Diagnosis;
import holter.diagnose.Subject;
import holter.engine.Incident;
import holter.server.text.Tongue;
import holter.words.Phrase;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The record of an incident: what the engineer would have written by hand. Markdown is the source;
 * {@link RecordPage} renders it.
 */
public final class IncidentRecord {
  private final Telling tell;
  private final String cluster;

  /**
   * @param cluster its name for people
   * @param zone the zone of every time shown
   */
  public IncidentRecord(String cluster, Tongue tongue, ZoneId zone) {
    this.cluster = cluster;
    this.tell = new Telling(tongue, zone);
  }

  /** One line: cause, subject, confidence. */
  public String headline(Incident incident) {
    String subject = tell.subject(incident.subject());
    return incident
        .diagnosis()
        .first()
        .map(
            found ->
                tell.say(
                    RecordWord.HEADLINE,
                    tell.cause(found.code()),
                    tell.subject(Telling.subjectOf(found, incident)),
                    tell.tongue.say((Phrase) found.confidence())))
        .orElseGet(
            () -> tell.say(RecordWord.HEADLINE_OPEN, subject, tell.say(RecordWord.CAUSE_OPEN)));
  }

  /** The whole record. */
  public String markdown(Incident incident, long nowMs) {
    Markdown page = new Markdown();
    EvidenceList evidence = new EvidenceList();
    page.heading(1, tell.say(RecordWord.TITLE, incident.id(), headline(incident)));
    head(page, incident, nowMs);
    happened(page, incident);
    new Chain(tell).draw(page, incident);
    causes(page, incident.diagnosis(), evidence);
    ruledOut(page, incident.diagnosis(), evidence);
    sentences(page, RecordWord.NOT_ASKED, incident.diagnosis().notAsked());
    sentences(page, RecordWord.WOULD_SETTLE, incident.diagnosis().wouldSettle());
    RecordTables tables = new RecordTables(tell);
    tables.restarts(page, incident);
    tables.timeline(page, incident);
    tables.evidence(page, evidence);
    tables.alsoSeen(page, incident, evidence);
    page.paragraph(tell.say(RecordWord.CONFIDENCE_NOTE));
    return page.toString();
  }

  private void head(Markdown page, Incident incident, long nowMs) {
    String closed =
        incident.open()
            ? tell.say(RecordWord.STILL_OPEN, tell.figures.lasting(nowMs - incident.openedAtMs()))
            : tell.say(
                RecordWord.AFTER,
                tell.figures.date(incident.closedAtMs()),
                tell.figures.lasting(incident.closedAtMs() - incident.openedAtMs()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(tell.say(RecordWord.CLUSTER), cluster));
    rows.add(List.of(tell.say(RecordWord.SUBJECT), tell.subject(incident.subject())));
    rows.add(List.of(tell.say(RecordWord.BEGAN), tell.figures.date(incident.openedAtMs())));
    incident.timeline().stream()
        .findFirst()
        .map(event -> tell.figures.date(event.atMs()))
        .ifPresent(noticed -> rows.add(List.of(tell.say(RecordWord.NOTICED), noticed)));
    rows.add(List.of(tell.say(RecordWord.CLOSED), closed));
    page.table(List.of(tell.say(RecordWord.VERDICT), verdict(incident.diagnosis())), rows);
  }

  private String verdict(Diagnosis diagnosis) {
    boolean instance = diagnosis.found().stream().anyMatch(f -> f.code() == CauseCode.F60);
    boolean channel = diagnosis.found().stream().anyMatch(f -> f.code() != CauseCode.F60);
    if (instance && channel) {
      return tell.say(RecordWord.VERDICT_BOTH);
    }
    if (channel) {
      return tell.say(RecordWord.VERDICT_CHANNEL);
    }
    return tell.say(instance ? RecordWord.VERDICT_INSTANCE : RecordWord.VERDICT_OPEN);
  }

  private void happened(Markdown page, Incident incident) {
    Subject subject = incident.subject();
    page.heading(2, tell.say(RecordWord.WHAT_HAPPENED));
    List<String> told = new ArrayList<>();
    if (!subject.partitions().isEmpty()) {
      told.add(
          tell.say(
              RecordWord.SICK_FROM,
              tell.figures.date(incident.openedAtMs()),
              tell.partitions(subject)));
    }
    if (subject.brokerId() >= 0) {
      var words = subject.host().isEmpty() ? RecordWord.BROKER_IS : RecordWord.BROKER_ON;
      told.add(tell.say(words, subject.brokerId(), subject.host()));
    }
    if (!subject.instances().isEmpty()) {
      told.add(tell.say(RecordWord.INSTANCES_HIT, tell.list(subject.instances())));
    }
    incident
        .diagnosis()
        .found()
        .forEach(
            found ->
                told.add(
                    tell.say(
                        RecordWord.CAUSE_IS,
                        tell.cause(found.code()),
                        tell.tongue.say((Phrase) found.confidence()),
                        tell.figures.share(found.probability()))));
    long held = incident.held().stream().map(Incident.Held::instance).distinct().count();
    told.add(tell.say(RecordWord.HELD_COUNT, incident.held().size(), held));
    long wrong =
        incident.restarted().stream().filter(r -> Telling.truth(r).equals("HEALTHY")).count();
    told.add(
        incident.restarted().isEmpty()
            ? tell.say(RecordWord.DONE_NONE)
            : tell.say(RecordWord.DONE_COUNT, incident.restarted().size(), wrong));
    page.list(told);
  }

  private void causes(Markdown page, Diagnosis diagnosis, EvidenceList evidence) {
    page.heading(2, tell.say(RecordWord.CAUSES));
    if (diagnosis.found().isEmpty()) {
      page.paragraph(tell.say(RecordWord.VERDICT_OPEN));
    }
    for (Diagnosis.Found found : diagnosis.found()) {
      String confidence = tell.tongue.say((Phrase) found.confidence());
      page.heading(
          3,
          tell.say(
              RecordWord.CAUSE_HEAD,
              tell.cause(found.code()),
              confidence,
              tell.figures.share(found.probability())));
      page.paragraph(tell.say(RecordWord.SPEAKS_FOR)).list(tell.cited(found.speaksFor(), evidence));
      page.paragraph(tell.say(RecordWord.SPEAKS_AGAINST))
          .list(tell.cited(found.speaksAgainst(), evidence));
      page.heading(4, tell.say(RecordWord.REMEDIES))
          .list(tell.orNothing(tell.said(found.remedies())));
    }
  }

  private void ruledOut(Markdown page, Diagnosis diagnosis, EvidenceList evidence) {
    if (!diagnosis.ruledOut().isEmpty()) {
      page.heading(2, tell.say(RecordWord.RULED_OUT))
          .table(
              List.of(tell.say(RecordWord.CAUSE), tell.say(RecordWord.BY)),
              diagnosis.ruledOut().stream()
                  .map(
                      out ->
                          List.of(
                              tell.cause(out.code()),
                              String.join("; ", tell.cited(out.by(), evidence))))
                  .toList());
    }
  }

  private void sentences(Markdown page, RecordWord title, List<holter.words.Sentence> sentences) {
    if (!sentences.isEmpty()) {
      page.heading(2, tell.say(title)).list(tell.said(sentences));
    }
  }
}
