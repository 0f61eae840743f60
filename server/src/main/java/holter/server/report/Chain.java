package holter.server.report;

import holter.diagnose.CauseCode;
import holter.diagnose.Diagnosis;
import holter.diagnose.Subject;
import holter.engine.Incident;
import java.util.ArrayList;
import java.util.List;

/**
 * From what fell silent to why: instances, partitions, broker, host, cause. A worker that died of
 * its own has a chain of its own.
 */
final class Chain {
  private final Telling tell;

  Chain(Telling tell) {
    this.tell = tell;
  }

  void draw(Markdown page, Incident incident) {
    page.heading(2, tell.say(RecordWord.CHAIN));
    var found = incident.diagnosis().found();
    if (found.isEmpty()) {
      line(page, ofChannel(incident, incident.subject()));
    }
    boolean channelDrawn = false;
    for (Diagnosis.Found cause : found) {
      Subject subject = Telling.subjectOf(cause, incident);
      boolean worker = cause.code() == CauseCode.F60;
      List<String> links =
          worker
              ? new ArrayList<>(List.of(tell.list(subject.instances())))
              : ofChannel(incident, subject);
      links.add(tell.cause(cause.code()));
      if (worker || !channelDrawn) {
        line(page, links);
      }
      channelDrawn |= !worker;
    }
  }

  private List<String> ofChannel(Incident incident, Subject subject) {
    List<String> links = new ArrayList<>();
    long held = incident.held().stream().map(Incident.Held::instance).distinct().count();
    long instances = Math.max(held, subject.instances().size());
    if (instances > 0) {
      var words = instances == 1 ? RecordWord.ONE_INSTANCE : RecordWord.INSTANCES;
      links.add(tell.say(words, instances));
    }
    if (!subject.partitions().isEmpty()) {
      links.add(tell.partitions(subject));
    }
    if (subject.brokerId() >= 0) {
      links.add(tell.say(RecordWord.BROKER, subject.brokerId()));
    }
    if (!subject.host().isEmpty()) {
      links.add(tell.say(RecordWord.HOST, subject.host()));
    }
    return links;
  }

  private static void line(Markdown page, List<String> links) {
    page.strong(String.join(" → ", links.stream().filter(link -> !link.isEmpty()).toList()));
  }
}
