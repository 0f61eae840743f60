package holter.lab.run;

import holter.lab.fleet.LabClock;
import holter.lab.net.LabNet;
import holter.lab.process.Child;
import holter.lab.process.Children;
import holter.lab.scenario.Fault;
import holter.lab.scenario.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The replicas of the orchestrator; in most scenarios there is one. Each has the same configuration
 * and its own host and ports. Confined to the thread that runs the scenario, but for what is seen.
 */
final class Orchestrators implements AutoCloseable {
  private final String token = UUID.randomUUID().toString();
  private final List<Orchestrator> replicas;
  private final LeaderSight sight;

  Orchestrators(Scenario scenario, LabNet net, Path home, LabClock clock) {
    var hosts = scenario.orchestrator().hosts();
    replicas =
        IntStream.range(0, hosts.size())
            .mapToObj(
                n -> {
                  var at = n == 0 ? home : home.resolveSibling(home.getFileName() + "-" + (n + 1));
                  return new Orchestrator(scenario, net, at, hosts.get(n), token);
                })
            .toList();
    sight = new LeaderSight(replicas.stream().map(Orchestrator::apiUrl).toList(), clock);
  }

  List<Orchestrator> all() {
    return replicas;
  }

  /** Where agents register by HTTP, as they see it, for each replica. */
  List<URI> agentsUrls() {
    return replicas.stream().map(Orchestrator::agentsUrl).toList();
  }

  String token() {
    return token;
  }

  /** Who was seen leading, and when. */
  LeaderSight sight() {
    return sight;
  }

  /** Starts all of them and begins to look who leads. */
  void start(Children children, Orchestrator.Told told) {
    replicas.forEach(each -> each.start(children, told));
    sight.start();
  }

  /** Waits until each answers. */
  void awaitAnswers() {
    replicas.forEach(Orchestrator::awaitAnswer);
  }

  /** The API of whoever leads. */
  HolterApi api() {
    return new HolterApi(() -> replicas.get(sight.leader()).apiUrl());
  }

  /** The one in that role at this moment; a single one is in both. */
  Orchestrator in(Fault.Orchestrator.Which role) {
    int leader = sight.leader();
    return replicas.get(
        switch (role) {
          case LEADER -> leader;
          case STANDBY -> (leader + 1) % replicas.size();
        });
  }

  /** Whether each of several holds so many workers for alive and so many paths for healthy. */
  boolean warm(int workers, int partitions) {
    return replicas.size() == 1
        || sight.latest().stream()
            .allMatch(seen -> seen.alive() == workers && seen.healthy() == partitions);
  }

  /** The last lines that the replicas wrote, for messages. */
  String lastWords(int lines) {
    return replicas.stream()
        .map(Orchestrator::process)
        .flatMap(Optional::stream)
        .map((Child child) -> child.outputTail(lines).replace("\n", " | "))
        .reduce((one, other) -> one + " || " + other)
        .orElse("nothing");
  }

  @Override
  public void close() {
    sight.close();
  }
}
