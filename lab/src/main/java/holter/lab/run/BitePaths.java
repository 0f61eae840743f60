package holter.lab.run;

import holter.lab.net.LabNet;
import holter.lab.scenario.Fault;
import holter.lab.scenario.Injection;
import holter.lab.scenario.Scenario;
import holter.lab.witness.Witness;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which paths a fault must be felt on, and which the witness has to watch for that. */
final class BitePaths {
  private static final int BROKER_PORT = 6667;

  private BitePaths() {}

  /** Every broker from the lab's own host, and what the faults hit besides. */
  static List<Witness.WatchedPath> watched(Scenario scenario, LabNet net) {
    Set<Witness.PathName> names = new LinkedHashSet<>();
    for (var broker : scenario.kafka().brokers()) {
      names.add(new Witness.PathName(World.VANTAGE, broker.id()));
    }
    scenario.timeline().forEach(injection -> names.addAll(hitBy(scenario, injection)));
    var paths = new ArrayList<Witness.WatchedPath>();
    for (var name : names) {
      var host = scenario.brokerHost(name.broker()).orElseThrow();
      paths.add(
          new Witness.WatchedPath(
              name.from(),
              name.broker(),
              new InetSocketAddress(net.address(name.from(), host), BROKER_PORT)));
    }
    return paths;
  }

  /** The paths that this fault must hurt; empty when it hits no path of Kafka's. */
  static List<Witness.PathName> hitBy(Scenario scenario, Injection injection) {
    return switch (injection.fault()) {
      case Fault.NicSaturate fault -> ofHost(scenario, fault.host());
      case Fault.NicRate fault -> ofHost(scenario, fault.host());
      case Fault.Broker fault -> List.of(new Witness.PathName(World.VANTAGE, fault.id()));
      case Fault.Link fault -> ofLink(scenario, fault);
      case Fault.Instance ignored -> List.of();
      case Fault.PodRuns ignored -> List.of();
      case Fault.DtuDials ignored -> List.of();
      case Fault.Orchestrator ignored -> List.of();
      case Fault.Deploy ignored -> List.of();
      case Fault.Roll ignored -> List.of();
      case Fault.Clock ignored -> List.of();
    };
  }

  private static List<Witness.PathName> ofHost(Scenario scenario, String host) {
    return scenario.kafka().brokers().stream()
        .filter(broker -> broker.host().equals(host))
        .map(broker -> new Witness.PathName(World.VANTAGE, broker.id()))
        .toList();
  }

  private static boolean everyBroker(Fault.Link fault) {
    return fault.to().equals("*") || fault.to().equals(Fault.BROKERS);
  }

  private static List<Witness.PathName> ofLink(Scenario scenario, Fault.Link fault) {
    return scenario.kafka().brokers().stream()
        .filter(broker -> !broker.host().equals(fault.from()))
        .filter(broker -> everyBroker(fault) || broker.host().equals(fault.to()))
        .map(
            broker ->
                new Witness.PathName(
                    switch (fault.from()) {
                      case "*" -> World.VANTAGE;
                      case Fault.CLIENTS -> scenario.orchestrator().host();
                      default -> fault.from();
                    },
                    broker.id()))
        .toList();
  }
}
