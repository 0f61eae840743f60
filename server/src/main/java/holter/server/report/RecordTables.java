package holter.server.report;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.engine.Incident;
import java.util.List;

/** The record's tables: restarts, timeline, evidence. */
final class RecordTables {
  /** What the diagnosis rests on is never cut; of the rest so many rows are shown. */
  private static final int ALSO_SEEN_MAX = 200;

  /** What led to the first symptom lies at most this long before it. */
  private static final long BEFORE_MS = 120_000;

  private final Telling tell;

  RecordTables(Telling tell) {
    this.tell = tell;
  }

  void restarts(Markdown page, Incident incident) {
    if (!incident.held().isEmpty()) {
      page.heading(2, tell.say(RecordWord.HELD))
          .table(
              tell.words(RecordWord.INSTANCE, RecordWord.FROM, RecordWord.UNTIL, RecordWord.WHY),
              incident.held().stream()
                  .map(
                      held ->
                          List.of(
                              held.instance(),
                              tell.figures.time(held.fromMs()),
                              held.untilMs() < 0
                                  ? tell.say(RecordWord.STILL_HELD)
                                  : tell.figures.time(held.untilMs()),
                              tell.tongue.say(held.why())))
                  .toList());
    }
    if (!incident.restarted().isEmpty()) {
      page.heading(2, tell.say(RecordWord.DONE))
          .table(
              tell.words(RecordWord.INSTANCE, RecordWord.TIME, RecordWord.TRUTH, RecordWord.WHY),
              incident.restarted().stream()
                  .map(
                      done ->
                          List.of(
                              done.instance(),
                              tell.figures.time(done.atMs()),
                              tell.say(RecordWord.valueOf("TRUTH_" + Telling.truth(done))),
                              tell.tongue.say(done.why())))
                  .toList());
    }
  }

  void timeline(Markdown page, Incident incident) {
    page.heading(2, tell.say(RecordWord.TIMELINE))
        .table(
            tell.words(RecordWord.TIME, RecordWord.WHAT),
            incident.timeline().stream()
                .map(
                    event ->
                        List.of(tell.figures.time(event.atMs()), tell.tongue.say(event.what())))
                .toList());
  }

  /** What the diagnosis rests on. */
  void evidence(Markdown page, EvidenceList evidence) {
    List<Observation> cited = evidence.all();
    if (!cited.isEmpty()) {
      page.heading(2, tell.say(RecordWord.EVIDENCE));
      observations(page, cited, evidence);
    }
  }

  /** What was observed besides, in the time of the incident. */
  void alsoSeen(Markdown page, Incident incident, EvidenceList evidence) {
    int cited = evidence.all().size();
    evidence.addAll(
        incident.evidence().stream().filter(seen -> inTimeOf(incident, lastMs(seen))).toList());
    List<Observation> all = evidence.all();
    List<Observation> others = all.subList(cited, all.size());
    if (others.isEmpty()) {
      return;
    }
    int shown = Math.min(others.size(), ALSO_SEEN_MAX);
    page.heading(2, tell.say(RecordWord.ALSO_SEEN));
    observations(page, others.subList(0, shown), evidence);
    if (shown < others.size()) {
      page.paragraph(tell.say(RecordWord.MORE, others.size() - shown));
    }
  }

  private static boolean inTimeOf(Incident incident, long ms) {
    return ms >= incident.openedAtMs() - BEFORE_MS
        && (incident.open() || ms <= incident.closedAtMs());
  }

  /** When it was last true: what is read from a log can be older than the reading. */
  private static long lastMs(Observation seen) {
    return seen.fact() instanceof Fact.Complaint said
        ? Math.min(said.lastWallMs(), seen.atMs())
        : seen.atMs();
  }

  private void observations(Markdown page, List<Observation> some, EvidenceList evidence) {
    page.table(
        List.of(
            "", tell.say(RecordWord.TIME), tell.say(RecordWord.SOURCE), tell.say(RecordWord.SEEN)),
        some.stream()
            .map(
                seen ->
                    List.of(
                        evidence.cite(seen),
                        tell.figures.time(seen.atMs()),
                        tell.say(RecordWord.of(seen.source())) + " · " + seen.witness(),
                        tell.facts.say(seen.fact())))
            .toList());
  }
}
