package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What an outsider saw in Holter's API, and when, by the lab's clock. Only changes are kept.
 * Thread-safe.
 */
public final class Sightings {
  private static final int CHANGES_MAX = 200_000;
  private static final int DETAILS_MAX = 2_000;

  private final Map<String, String> last = new HashMap<>();
  private final List<VerdictSeen> verdicts = new ArrayList<>();
  private final List<PathSeen> paths = new ArrayList<>();
  private final List<IncidentSeen> incidents = new ArrayList<>();
  private final List<IncidentRead> details = new ArrayList<>();
  private final List<Consumer<Object>> listeners = new ArrayList<>();
  private OptionalLong consentedMs = OptionalLong.empty();

  /** An instance's verdict changed; {@code why} is the API's sentence. */
  public record VerdictSeen(
      long atMs, String instance, String verdict, String reason, String proof, JsonNode why) {}

  /** A partition's state changed. */
  public record PathSeen(
      long atMs, int partition, String state, String sickness, int broker, String host) {}

  /**
   * An incident's line changed.
   *
   * @param subject partitions, broker and host that it names
   * @param cause code of the strongest cause, or empty
   * @param confidence of it, or empty
   */
  public record IncidentSeen(
      long atMs,
      String id,
      boolean open,
      Named subject,
      String cause,
      String confidence,
      String headline) {}

  /** What an incident points at; broker −1 and host empty when not known. */
  public record Named(List<Integer> partitions, int broker, String host, List<String> instances) {
    static Named of(JsonNode subject) {
      var partitions = new ArrayList<Integer>();
      subject.path("partitions").forEach(partition -> partitions.add(partition.asInt()));
      var instances = new ArrayList<String>();
      subject.path("instances").forEach(instance -> instances.add(instance.asText()));
      return new Named(
          List.copyOf(partitions),
          subject.path("brokerId").asInt(-1),
          subject.path("host").asText(""),
          List.copyOf(instances));
    }
  }

  /** Holter took a consent by HTTP. */
  synchronized void consented(long atMs) {
    consentedMs = OptionalLong.of(atMs);
  }

  /** When it was given; empty when none was. */
  synchronized OptionalLong consentedMs() {
    return consentedMs;
  }

  /** Tells every later change to a listener, on the watching thread. */
  public synchronized void listen(Consumer<Object> listener) {
    listeners.add(listener);
  }

  void instances(long atMs, JsonNode items) {
    for (var item : items) {
      var seen =
          new VerdictSeen(
              atMs,
              item.path("id").asText(),
              item.path("verdict").asText(),
              textOf(item, "holdReason"),
              textOf(item, "proof"),
              item.path("why"));
      keep(
          "i/" + seen.instance(),
          seen.verdict() + "/" + seen.reason() + "/" + seen.proof(),
          seen,
          verdicts);
    }
  }

  void partitions(long atMs, JsonNode items) {
    for (var item : items) {
      var seen =
          new PathSeen(
              atMs,
              item.path("partition").asInt(),
              item.path("state").asText(),
              textOf(item, "sickness"),
              item.path("subjectBroker").asInt(-1),
              item.path("host").asText(""));
      keep(
          "p/" + seen.partition(),
          seen.state() + "/" + seen.sickness() + "/" + seen.broker(),
          seen,
          paths);
    }
  }

  /** Takes what is seen of incidents; the ids of those whose line changed. */
  List<String> incidents(long atMs, JsonNode items) {
    var changed = new ArrayList<String>();
    for (var item : items) {
      var seen =
          new IncidentSeen(
              atMs,
              item.path("id").asText(),
              item.path("open").asBoolean(),
              Named.of(item.path("subject")),
              textOf(item, "cause"),
              textOf(item, "confidence"),
              item.path("headline").asText());
      boolean news =
          keep(
              "n/" + seen.id(),
              seen.open() + "/" + seen.subject() + "/" + seen.cause() + "/" + seen.confidence(),
              seen,
              incidents);
      if (news) {
        changed.add(seen.id());
      }
    }
    return changed;
  }

  /** Keeps an incident's whole text when it claims something else than before. */
  void detail(IncidentRead read) {
    List<Consumer<Object>> told;
    var claims = new StringBuilder();
    for (var found : read.json().path("diagnosis").path("found")) {
      claims.append(Claims.claim(found));
    }
    synchronized (this) {
      if (claims.toString().equals(last.put("d/" + read.id(), claims.toString()))
          || details.size() >= DETAILS_MAX) {
        return;
      }
      details.add(read);
      told = List.copyOf(listeners);
    }
    told.forEach(listener -> listener.accept(read));
  }

  /** An incident as it could be read at a moment: the API's JSON. */
  public record IncidentRead(long atMs, String id, JsonNode json) {}

  synchronized List<IncidentRead> details() {
    return List.copyOf(details);
  }

  private static String textOf(JsonNode item, String key) {
    return item.path(key).isNull() ? "" : item.path(key).asText("");
  }

  private <T> boolean keep(String key, String state, T seen, List<T> kept) {
    List<Consumer<Object>> told;
    synchronized (this) {
      if (state.equals(last.put(key, state)) || kept.size() >= CHANGES_MAX) {
        return false;
      }
      kept.add(seen);
      told = List.copyOf(listeners);
    }
    told.forEach(listener -> listener.accept(seen));
    return true;
  }

  public synchronized List<VerdictSeen> verdicts() {
    return List.copyOf(verdicts);
  }

  public synchronized List<PathSeen> paths() {
    return List.copyOf(paths);
  }

  public synchronized List<IncidentSeen> incidents() {
    return List.copyOf(incidents);
  }
}
