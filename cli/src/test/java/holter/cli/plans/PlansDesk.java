package holter.cli.plans;

import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.server.directory.Directory;
import holter.server.http.Desk;
import holter.server.http.Health;
import holter.server.remedy.RemedyDesk;
import holter.server.text.Tongue;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A desk that has plans, a picture, and nothing else. */
record PlansDesk(Supplier<View> picture, RemedyDesk remedies) implements Desk {
  @Override
  public About about() {
    return new About("plans", "0", "HeartBeat", 0, () -> 1);
  }

  @Override
  public View view() {
    return picture.get();
  }

  @Override
  public Health health() {
    return new Health("ok", List.of());
  }

  @Override
  public Health readiness() {
    return new Health("ready", List.of());
  }

  @Override
  public Optional<Incident> incident(String id) {
    return Optional.empty();
  }

  @Override
  public List<AuditEntry> audit(String subject, int limit) {
    return List.of();
  }

  @Override
  public Optional<Directory.Shown> route(String dtu) {
    return Optional.empty();
  }

  @Override
  public boolean tell(Input input) {
    return false;
  }

  @Override
  public long nowMs() {
    return 1;
  }

  @Override
  public Report report(Incident incident, Tongue tongue) {
    throw new IllegalStateException("there is no incident");
  }

  @Override
  public String headline(Incident incident, Tongue tongue) {
    throw new IllegalStateException("there is no incident");
  }
}
