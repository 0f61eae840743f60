package holter.server.remedy;

import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens to the plans of a folder, whoever does it: each new line of a journal as an
 * event, and as a line of the incident that the plan was made for. What was there when it began is
 * no event any more. Has one thread of its own; thread-safe.
 */
public final class PlanWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanWatch.class);
  private static final Duration GLANCE = Duration.ofMillis(250);

  /**
   * Something happened to a plan.
   *
   * @param entry of its journal; null when it was made
   * @param state of the plan afterwards
   * @param incident that it was made for; empty when not known
   */
  public record Event(
      Plan plan, @Nullable JournalEntry entry, Sentence what, PlanState state, String incident) {}

  /** Whom it asks and tells. */
  public record Around(
      Supplier<View> view, BooleanSupplier leads, Consumer<Input> inbox, Consumer<Event> events) {}

  /** A plan, and how much of its journal was seen and told. */
  private static final class Seen {
    private final Plan plan;
    private List<JournalEntry> entries = List.of();
    private long bytes;
    private int told;

    Seen(Plan plan) {
      this.plan = plan;
    }
  }

  private final PlanFolder folder;
  private final Around around;
  private final Map<String, Seen> plans = new HashMap<>();
  private final Set<String> garbled = new HashSet<>();
  private final Set<String> inOwnWords = new HashSet<>();
  private final Vigil vigil;
  private boolean begun;

  public PlanWatch(PlanFolder folder, Around around) {
    this.folder = folder;
    this.around = around;
    this.vigil = new Vigil("plans", GLANCE, this::look);
  }

  /** Takes what is there as known, and begins to tell. */
  public void start() {
    look();
    vigil.start();
  }

  /** Tells what has changed since the last look. */
  synchronized void look() {
    View view = around.view().get();
    Map<String, Incident> incidents = PlanIncidents.in(view);
    try {
      List<String> ids = folder.ids();
      plans.keySet().retainAll(ids);
      for (String id : ids) {
        if (!plans.containsKey(id)) {
          discover(id, incidents);
        }
      }
    } catch (IOException unreadable) {
      garbled("", unreadable);
    }
    boolean mine = view.leading() && around.leads().getAsBoolean();
    for (Seen seen : plans.values()) {
      read(seen, incidents);
      Incident incident = incidents.get(seen.plan.id());
      boolean untold = seen.told < seen.entries.size() && !inOwnWords.contains(seen.plan.id());
      if (mine && untold && incident != null && incident.open()) {
        tell(seen, incident);
      }
    }
    begun = true;
  }

  private void discover(String id, Map<String, Incident> incidents) {
    try {
      Plan plan = folder.plan(id).orElse(null);
      if (plan == null) {
        return;
      }
      var seen = new Seen(plan);
      plans.put(id, seen);
      garbled.remove(id);
      if (begun) {
        Sentence made = Sentence.of(PlanWords.MADE, id, plan.steps().size());
        around.events().accept(event(seen, null, made, 0, incidents));
        return;
      }
      seen.bytes = folder.journalBytes(plan);
      seen.entries = folder.journal(plan).entries();
      seen.told = seen.entries.size() - untold(seen, incidents.get(id));
    } catch (IOException unreadable) {
      garbled(id, unreadable);
    }
  }

  /** The latest lines that the timeline does not have: somebody wrote them while we were away. */
  private static int untold(Seen seen, @Nullable Incident incident) {
    if (incident == null || inOwnWords(incident, seen.plan)) {
      return 0;
    }
    Set<String> texts =
        incident.timeline().stream().map(e -> e.what().english()).collect(Collectors.toSet());
    int untold = 0;
    for (JournalEntry entry : seen.entries.reversed()) {
      if (JournalWords.of(seen.plan, entry).filter(w -> texts.contains(w.english())).isPresent()) {
        return untold;
      }
      untold++;
    }
    return untold;
  }

  /** Whether whoever applied it, before a restart, told it otherwise than the journal does. */
  private static boolean inOwnWords(Incident incident, Plan plan) {
    return incident.timeline().stream()
        .map(Incident.Event::what)
        .filter(line -> line.phrase() == PlanWords.APPLYING)
        .anyMatch(line -> line.args().getFirst().toString().equals(plan.id()));
  }

  private void read(Seen seen, Map<String, Incident> incidents) {
    try {
      long bytes = folder.journalBytes(seen.plan);
      if (bytes == seen.bytes) {
        return;
      }
      seen.bytes = bytes;
      int before = seen.entries.size();
      seen.entries = folder.journal(seen.plan).entries();
      for (int n = before; n < seen.entries.size(); n++) {
        JournalEntry entry = seen.entries.get(n);
        int upTo = n + 1;
        JournalWords.of(seen.plan, entry)
            .ifPresent(what -> around.events().accept(event(seen, entry, what, upTo, incidents)));
      }
    } catch (IOException unreadable) {
      garbled(seen.plan.id(), unreadable);
    }
  }

  private static Event event(
      Seen seen,
      @Nullable JournalEntry entry,
      Sentence what,
      int upTo,
      Map<String, Incident> incidents) {
    Incident incident = incidents.get(seen.plan.id());
    return new Event(
        seen.plan,
        entry,
        what,
        PlanState.of(seen.plan, seen.entries.subList(0, upTo), System.currentTimeMillis()),
        incident == null ? "" : incident.id());
  }

  private void tell(Seen seen, Incident incident) {
    for (JournalEntry entry : seen.entries.subList(seen.told, seen.entries.size())) {
      JournalWords.of(seen.plan, entry)
          .ifPresent(
              what -> {
                LOG.atInfo()
                    .addKeyValue("incident", incident.id())
                    .addKeyValue("what", what)
                    .log("remedy");
                around.inbox().accept(new Input.Noted(incident.id(), what));
              });
    }
    seen.told = seen.entries.size();
  }

  private void garbled(String id, IOException why) {
    if (garbled.add(id)) {
      LOG.atWarn()
          .addKeyValue("plan", id)
          .addKeyValue("plans", folder.path())
          .addKeyValue("why", why.getMessage())
          .log("a plan or its journal cannot be read");
    }
  }

  /** Until it is closed, whoever applies a plan tells its incident in words of its own. */
  public interface Words extends AutoCloseable {
    @Override
    void close();
  }

  /** Tells events of this plan, and no lines of the timeline, until it is closed. */
  public synchronized Words inOwnWords(Plan plan) {
    inOwnWords.add(plan.id());
    return () -> done(plan);
  }

  private synchronized void done(Plan plan) {
    look();
    inOwnWords.remove(plan.id());
    Seen seen = plans.get(plan.id());
    if (seen != null) {
      seen.told = seen.entries.size();
    }
  }

  @Override
  public void close() {
    vigil.close();
  }
}
