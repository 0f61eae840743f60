package holter.server;

import holter.channel.ClusterMap;
import holter.channel.PathState;
import holter.engine.View;
import holter.server.http.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How Holter itself fares. What it cannot see makes it degraded, never healthy by default. */
final class Checkup {
  private static final long LOOP_STALE_MS = 5_000;
  private static final long MAP_STALE_MS = 15_000;

  /** What is looked at. */
  interface Parts {
    long loopTurnedAtMs();

    String storeTrouble();

    int storeWaiting();

    int inboxSize();

    Optional<ClusterMap> map();

    Map<Integer, String> laneNotes();
  }

  private final Parts parts;
  private final LongSupplier clock;
  private final String bootstrap;
  private final String topic;

  Checkup(Parts parts, LongSupplier clock, String bootstrap, String topic) {
    this.parts = parts;
    this.clock = clock;
    this.bootstrap = bootstrap;
    this.topic = topic;
  }

  Health health() {
    Health.Part loop = loop();
    List<Health.Part> all = new ArrayList<>(List.of(loop, kafka(), lanes(), store(), inbox()));
    boolean fine = all.stream().allMatch(Health.Part::ok);
    return new Health(loop.ok() ? fine ? "ok" : "degraded" : "failed", all);
  }

  Health readiness(View view) {
    long healthy =
        view.partitions().stream().filter(p -> p.path() instanceof PathState.Healthy).count();
    List<Health.Part> all =
        List.of(
            loop(),
            new Health.Part("lead", view.leading(), view.leading() ? "leads" : "does not lead yet"),
            kafka(),
            new Health.Part(
                "paths",
                healthy > 0,
                healthy + " of " + view.partitions().size() + " paths are proved healthy"));
    boolean ready = all.stream().allMatch(Health.Part::ok);
    return new Health(ready ? "ready" : "starting", all);
  }

  private Health.Part loop() {
    long ageMs = clock.getAsLong() - parts.loopTurnedAtMs();
    return new Health.Part(
        "loop", ageMs < LOOP_STALE_MS, "the decision loop turned " + ageMs + " ms ago");
  }

  private Health.Part kafka() {
    return parts
        .map()
        .map(this::kafka)
        .orElseGet(() -> new Health.Part("kafka", false, "no answer from " + bootstrap + " yet"));
  }

  private Health.Part kafka(ClusterMap map) {
    long ageMs = clock.getAsLong() - map.asOfMs();
    if (map.partitions().isEmpty()) {
      return new Health.Part("kafka", false, "topic " + topic + " does not exist");
    }
    return new Health.Part(
        "kafka",
        ageMs < MAP_STALE_MS,
        "map of " + map.brokers().size() + " brokers, " + ageMs + " ms old");
  }

  private Health.Part lanes() {
    Map<Integer, String> notes = parts.laneNotes();
    return notes.isEmpty()
        ? new Health.Part("lanes", true, "every lane writes and fetches")
        : new Health.Part(
            "lanes", true, notes.size() + " lanes only fetch: " + notes.values().iterator().next());
  }

  private Health.Part store() {
    String trouble = parts.storeTrouble();
    return new Health.Part(
        "store",
        trouble.isEmpty(),
        trouble.isEmpty()
            ? "written, " + parts.storeWaiting() + " waiting"
            : "cannot be written, " + parts.storeWaiting() + " waiting: " + trouble);
  }

  private Health.Part inbox() {
    int size = parts.inboxSize();
    return new Health.Part(
        "inbox", size < Inbox.SIZE / 2, size + " of " + Inbox.SIZE + " inputs waiting");
  }
}
