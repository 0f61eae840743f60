package holter.server.report;

import holter.diagnose.Observation;
import holter.engine.Incident;
import java.util.ArrayList;
import java.util.List;

/** The record's tables: restarts, timeline, evidence. */
final class RecordTables {
  /** Rows of evidence shown; cited ones come first and are never cut. */
  private static final int EVIDENCE_MAX = 200;

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

  void evidence(Markdown page, Incident incident, EvidenceList evidence) {
    int cited = evidence.all().size();
    evidence.addAll(incident.evidence());
    List<Observation> all = evidence.all();
    if (all.isEmpty()) {
      return;
    }
    int shown = Math.min(all.size(), Math.max(cited, EVIDENCE_MAX));
    List<List<String>> rows = new ArrayList<>();
    for (Observation seen : all.subList(0, shown)) {
      rows.add(
          List.of(
              evidence.cite(seen),
              tell.figures.time(seen.atMs()),
              tell.say(RecordWord.valueOf("SOURCE_" + seen.source().name()))
                  + " · "
                  + seen.witness(),
              tell.facts.say(seen.fact())));
    }
    page.heading(2, tell.say(RecordWord.EVIDENCE))
        .table(
            List.of(
                "",
                tell.say(RecordWord.TIME),
                tell.say(RecordWord.SOURCE),
                tell.say(RecordWord.SEEN)),
            rows);
    if (shown < all.size()) {
      page.paragraph(tell.say(RecordWord.MORE, all.size() - shown));
    }
  }
}
