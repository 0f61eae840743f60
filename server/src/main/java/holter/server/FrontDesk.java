package holter.server;

import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.server.directory.Directory;
import holter.server.http.Desk;
import holter.server.http.Health;
import holter.server.remedy.RemedyDesk;
import holter.server.report.IncidentRecord;
import holter.server.report.RecordPage;
import holter.server.store.Store;
import holter.server.store.StoreBroken;
import holter.server.text.Tongue;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What the API answers from: the engine's last picture, the trail, the directory, the checkup. */
final class FrontDesk implements Desk {
  private final About about;
  private final LongSupplier clock;
  private final Inbox inbox;
  private final Memory memory;
  private final Checkup checkup;

  /** What is remembered: the latest view, and what outlives it. */
  record Memory(
      Supplier<View> view,
      Store store,
      AuditTrail trail,
      Directory directory,
      RemedyDesk remedies) {}

  FrontDesk(About about, LongSupplier clock, Inbox inbox, Memory memory, Checkup checkup) {
    this.about = about;
    this.clock = clock;
    this.inbox = inbox;
    this.memory = memory;
    this.checkup = checkup;
  }

  /** The view before the first turn: nothing is known. */
  static View emptyView() {
    return new View(
        0, false, false, List.of(), List.of(), null, List.of(), new View.Counters(0, 0, 0, 0, 0));
  }

  @Override
  public About about() {
    return about;
  }

  @Override
  public View view() {
    return memory.view().get();
  }

  @Override
  public Health health() {
    return checkup.health();
  }

  @Override
  public Health readiness() {
    return checkup.readiness(view());
  }

  @Override
  public Optional<Incident> incident(String id) {
    Optional<Incident> shown =
        view().incidents().stream().filter(incident -> incident.id().equals(id)).findFirst();
    return shown.isPresent() ? shown : stored(() -> memory.store().incident(id));
  }

  private static Optional<Incident> stored(Supplier<Optional<Incident>> read) {
    try {
      return read.get();
    } catch (StoreBroken unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public List<AuditEntry> audit(String subject, int limit) {
    return memory.trail().latest(subject, limit);
  }

  @Override
  public Optional<Directory.Shown> route(String dtu) {
    return memory.directory().find(dtu);
  }

  @Override
  public boolean tell(Input input) {
    return inbox.offer(input);
  }

  @Override
  public RemedyDesk remedies() {
    return memory.remedies();
  }

  @Override
  public long nowMs() {
    return clock.getAsLong();
  }

  @Override
  public String headline(Incident incident, Tongue tongue) {
    return record(tongue).headline(incident);
  }

  @Override
  public Report report(Incident incident, Tongue tongue) {
    IncidentRecord record = record(tongue);
    String headline = record.headline(incident);
    String markdown = record.markdown(incident, nowMs());
    return new Report(
        headline, markdown, RecordPage.of(markdown, incident.id() + " " + headline, tongue));
  }

  private IncidentRecord record(Tongue tongue) {
    return new IncidentRecord(about.cluster(), tongue, ZoneId.systemDefault());
  }
}
