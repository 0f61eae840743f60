package holter.server.http;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.diagnose.Diagnosis;
import holter.engine.Incident;
import holter.engine.View;
import holter.server.directory.Directory;
import holter.server.directory.Route;
import holter.server.text.Tongue;
import holter.words.Phrase;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the engine's picture into the API's answers. Pure. */
final class Answers {
  private final Desk desk;

  Answers(Desk desk) {
    this.desk = desk;
  }

  Shapes.Status status() {
    View view = desk.view();
    Desk.About about = desk.about();
    Map<String, Integer> instances = new TreeMap<>();
    instances.put("total", view.instances().size());
    view.instances().forEach(i -> instances.merge(Verdicts.name(i.verdict()), 1, Integer::sum));
    Map<String, Integer> partitions = new LinkedHashMap<>();
    partitions.put("total", view.partitions().size());
    for (String state : List.of("healthy", "sick", "unknown")) {
      partitions.put(state, 0);
    }
    view.partitions().forEach(p -> partitions.merge(state(p.path()), 1, Integer::sum));
    return new Shapes.Status(
        about.cluster(),
        about.version(),
        view.asOfMs(),
        age(view.asOfMs()),
        about.startedAtMs(),
        view.leading(),
        view.breakerOpen(),
        about.leaderEpoch().getAsLong(),
        desk.health(),
        instances,
        partitions,
        view.incidents().stream().filter(Incident::open).map(Incident::id).toList(),
        view.counters());
  }

  Shapes.Instances instances(@Nullable String verdict) {
    View view = desk.view();
    return new Shapes.Instances(
        view.asOfMs(),
        age(view.asOfMs()),
        view.instances().stream()
            .map(Answers::instance)
            .filter(line -> verdict == null || line.verdict().equals(verdict))
            .toList());
  }

  Optional<Shapes.Instance> instance(String id) {
    return desk.view().instances().stream()
        .filter(instance -> instance.from().id().value().equals(id))
        .findFirst()
        .map(Answers::instance);
  }

  static Shapes.Instance instance(View.Instance seen) {
    return new Shapes.Instance(
        seen.from().id().value(),
        seen.from().kind().name().toLowerCase(Locale.ROOT),
        new Shapes.Life(seen.from().incarnation().counter(), seen.from().incarnation().bootId()),
        Verdicts.name(seen.verdict()),
        Verdicts.holdReason(seen.verdict()),
        Verdicts.proof(seen.verdict()),
        seen.verdict().sinceMs(),
        Verdicts.untilMs(seen.verdict()),
        seen.why(),
        seen.rule(),
        known(seen.lastHeardMs()),
        seen.intervalMs(),
        known(seen.lastPartition()),
        seen.host());
  }

  Shapes.Verdict verdict(String id) {
    return Verdicts.of(desk.view(), id, desk.nowMs());
  }

  Shapes.Partitions partitions(Tongue tongue) {
    View view = desk.view();
    return new Shapes.Partitions(
        view.asOfMs(),
        age(view.asOfMs()),
        desk.about().topic(),
        view.partitions().stream().map(p -> partition(p, view.map(), tongue)).toList());
  }

  static Shapes.Partition partition(View.Partition seen, @Nullable ClusterMap map, Tongue tongue) {
    Optional<PartitionMap> mapped = map == null ? Optional.empty() : map.partition(seen.number());
    PathState.@Nullable Sick sick = seen.path() instanceof PathState.Sick s ? s : null;
    return new Shapes.Partition(
        seen.number(),
        known(seen.leaderId()),
        seen.host(),
        state(seen.path()),
        sick == null ? null : sick.kind().name(),
        sick == null ? null : known(sick.subjectBrokerId()),
        since(seen.path()),
        says(seen.path(), tongue),
        known(seen.lastSampleMs()),
        known(seen.lastSeenMs()),
        known(seen.provedThroughMs()),
        mapped.map(PartitionMap::replicas).orElse(List.of()),
        mapped.map(PartitionMap::isr).orElse(List.of()));
  }

  Shapes.Brokers brokers() {
    View view = desk.view();
    ClusterMap map = view.map();
    if (map == null) {
      return new Shapes.Brokers(null, null, "", List.of());
    }
    return new Shapes.Brokers(
        map.asOfMs(),
        age(map.asOfMs()),
        map.via(),
        map.brokers().stream()
            .sorted(Comparator.comparingInt(BrokerNode::id))
            .map(node -> broker(node, map, view))
            .toList());
  }

  private static Shapes.Broker broker(BrokerNode node, ClusterMap map, View view) {
    return new Shapes.Broker(
        node.id(),
        node.host(),
        node.port(),
        map.partitions().stream()
            .filter(p -> p.leaderId() == node.id())
            .map(PartitionMap::partition)
            .toList(),
        map.partitions().stream()
            .filter(p -> p.isr().contains(node.id()))
            .map(PartitionMap::partition)
            .toList(),
        view.partitions().stream()
            .filter(
                p -> p.path() instanceof PathState.Sick sick && sick.subjectBrokerId() == node.id())
            .map(View.Partition::number)
            .toList());
  }

  Shapes.Incidents incidents(Tongue tongue) {
    View view = desk.view();
    return new Shapes.Incidents(
        view.asOfMs(),
        age(view.asOfMs()),
        view.incidents().stream().map(incident -> line(incident, tongue)).toList());
  }

  Shapes.IncidentLine line(Incident incident, Tongue tongue) {
    Optional<Diagnosis.Found> first = incident.diagnosis().first();
    return new Shapes.IncidentLine(
        incident.id(),
        incident.open(),
        incident.openedAtMs(),
        known(incident.closedAtMs()),
        incident.subject(),
        first.map(found -> found.code().name()).orElse(null),
        first.map(found -> found.confidence().name()).orElse(null),
        desk.headline(incident, tongue),
        incident.held().size(),
        incident.restarted().size());
  }

  static Shapes.Route route(Directory.Shown shown) {
    Route route = shown.route();
    return new Shapes.Route(
        route.dtu(),
        route.instance(),
        route.fence().incarnation(),
        route.address(),
        route.up() ? "up" : "down",
        route.fence().sessionEpoch(),
        route.routeEpoch(),
        route.fence().seq(),
        route.announcedWallMs(),
        route.ownedSinceMs(),
        route.via(),
        shown.pending());
  }

  static String state(PathState path) {
    return switch (path) {
      case PathState.Healthy ignored -> "healthy";
      case PathState.Sick ignored -> "sick";
      case PathState.Unknown ignored -> "unknown";
    };
  }

  private static String says(PathState path, Tongue tongue) {
    return switch (path) {
      case PathState.Healthy ignored -> "";
      case PathState.Sick sick -> tongue.say((Phrase) sick.kind());
      case PathState.Unknown unknown -> tongue.say(unknown.missing());
    };
  }

  private static @Nullable Long since(PathState path) {
    return switch (path) {
      case PathState.Healthy healthy -> healthy.sinceMs();
      case PathState.Sick sick -> sick.sinceMs();
      case PathState.Unknown ignored -> null;
    };
  }

  private long age(long asOfMs) {
    return Math.max(0, desk.nowMs() - asOfMs);
  }

  private static @Nullable Long known(long value) {
    return value < 0 ? null : value;
  }

  private static @Nullable Integer known(int value) {
    return value < 0 ? null : value;
  }
}
