package holter.lab.scenario;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a scenario's parts must agree on, beyond each key's own type. */
final class ScenarioCheck {
  private static final int WORKERS_MAX = 400;
  private static final int BROKERS_MAX = 12;
  private static final int REPLICAS_MAX = 3;

  private final Scenario scenario;
  private final List<StrictYaml.Problem> problems = new ArrayList<>();
  private final Set<Integer> brokerIds;
  private final Set<String> workerNames;

  private ScenarioCheck(Scenario scenario) {
    this.scenario = scenario;
    brokerIds =
        scenario.kafka().brokers().stream().map(Scenario.Broker::id).collect(Collectors.toSet());
    workerNames = new LinkedHashSet<>();
  }

  /** The first thing that does not fit, or null when all fits. */
  static StrictYaml.@Nullable Problem firstProblem(Scenario scenario) {
    var absent = absent(scenario);
    if (absent != null) {
      return new StrictYaml.Problem(List.of(), "'" + absent + "' is missing");
    }
    var check = new ScenarioCheck(scenario);
    check.cluster();
    check.orchestrator();
    check.topics();
    check.fleet();
    check.kubernetes();
    check.timeline();
    return check.problems.isEmpty() ? null : check.problems.getFirst();
  }

  @SuppressWarnings("ConstantValue") // records read by Jackson can lack what the type promises
  private static @Nullable String absent(Scenario scenario) {
    if (scenario.name() == null) {
      return "name";
    }
    if (scenario.runFor() == null) {
      return "runFor";
    }
    if (scenario.kafka() == null) {
      return "kafka";
    }
    return scenario.kafka().version() == null ? "kafka.version" : null;
  }

  private void cluster() {
    var brokers = scenario.kafka().brokers();
    if (brokers.isEmpty() || brokers.size() > BROKERS_MAX) {
      refuse("1 to " + BROKERS_MAX + " brokers can be run", "kafka", "brokers");
    }
    if (brokerIds.size() < brokers.size()) {
      refuse("two brokers bear the same id", "kafka", "brokers");
    }
    if (!scenario.name().matches("[a-z0-9][a-z0-9-]{0,60}")) {
      refuse("a name is small letters, digits and dashes", "name");
    }
  }

  private void orchestrator() {
    int replicas = scenario.orchestrator().replicas();
    if (replicas < 1 || replicas > REPLICAS_MAX) {
      refuse("1 to " + REPLICAS_MAX + " replicas can be run", "orchestrator", "replicas");
    }
  }

  private void topics() {
    scenario
        .topics()
        .forEach(
            (topic, partitions) -> {
              int next = 0;
              for (var entry : partitions.entrySet()) {
                var at = new Object[] {"topics", topic, String.valueOf(entry.getKey())};
                if (entry.getKey() != next++) {
                  refuse("partitions are numbered 0, 1, 2 … without a gap", at);
                }
                if (entry.getValue().isEmpty() || !brokerIds.containsAll(entry.getValue())) {
                  refuse("replicas are ids of kafka.brokers: " + sorted(brokerIds), at);
                }
              }
            });
    if (!scenario.topics().containsKey(Scenario.HEARTBEAT)) {
      refuse("topics must hold " + Scenario.HEARTBEAT + ", the topic of beats", "topics");
    }
  }

  private void kubernetes() {
    var hosts = Set.copyOf(scenario.brokerHosts());
    for (var node : scenario.kubernetes().nodes().keySet()) {
      if (!hosts.contains(node)) {
        refuse("no broker stands on " + node + ", so it is no node", "kubernetes", "nodes", node);
      }
    }
    for (int w = 0; w < scenario.kubernetes().workloads().size(); w++) {
      var workload = scenario.kubernetes().workloads().get(w);
      if (workload.name() == null) {
        refuse("a workload needs a name", "kubernetes", "workloads", w);
      } else if (!workload.node().isEmpty() && !hosts.contains(workload.node())) {
        refuse("no node " + workload.node(), "kubernetes", "workloads", w, "node");
      }
    }
  }

  private void fleet() {
    for (int g = 0; g < scenario.fleet().size(); g++) {
      var group = scenario.fleet().get(g);
      if (group.name() == null || group.hosts().isEmpty()) {
        refuse("a group needs a name and at least one of hosts", "fleet", g);
        return;
      }
      if (!group.client().isEmpty() && group.kind() == SenderType.AGENT) {
        refuse(
            "an agent's client has no settings; only a foreign sender's has", "fleet", g, "client");
      }
      for (var worker : group.workers()) {
        if (!workerNames.add(worker.name())) {
          refuse("two workers are called " + worker.name(), "fleet", g, "name");
        }
      }
    }
    if (workerNames.size() > WORKERS_MAX) {
      refuse("at most " + WORKERS_MAX + " workers, each is a process", "fleet");
    }
    for (int d = 0; d < scenario.dtus().size(); d++) {
      agentOrRefuse(scenario.dtus().get(d).dac(), "dtus", d, "dac");
    }
  }

  private void timeline() {
    for (int n = 0; n < scenario.timeline().size(); n++) {
      var injection = scenario.timeline().get(n);
      switch (injection.fault()) {
        case Fault.Broker broker -> {
          if (!brokerIds.contains(broker.id())) {
            refuse(
                "no broker " + broker.id() + "; there are " + sorted(brokerIds),
                "timeline",
                n,
                "broker",
                "id");
          }
        }
        case Fault.Instance worker -> instance(worker, n);
        case Fault.DtuDials dial -> agentOrRefuse(dial.dac(), "timeline", n, "dtu", "dac");
        case Fault.NicSaturate ignored -> {}
        case Fault.NicRate ignored -> {}
        case Fault.Link ignored -> {}
        case Fault.PodRuns ignored -> {}
        case Fault.Roll ignored -> {}
        case Fault.Orchestrator fault -> {
          boolean standby = fault.which() == Fault.Orchestrator.Which.STANDBY;
          if (standby && scenario.orchestrator().replicas() == 1) {
            refuse("nobody stands by; write orchestrator.replicas: 2", "timeline", n);
          }
        }
        case Fault.Deploy deploy -> deploy(deploy, n);
        case Fault.Clock clock -> clock(clock, n);
      }
      if (injection.at().compareTo(scenario.runFor()) >= 0) {
        refuse("begins after the run's end (runFor)", "timeline", n, "at");
      }
    }
  }

  private void instance(Fault.Instance fault, int n) {
    if (!workerNames.contains(fault.name())) {
      refuse(
          "no worker " + fault.name() + Near.suggestion(fault.name(), workerNames),
          "timeline",
          n,
          "instance",
          "name");
    }
    if (fault.action() == Fault.Deed.HANG && !isAgent(fault.name())) {
      refuse("only an agent's beat loop can be hung from outside", "timeline", n, "instance");
    }
  }

  private void deploy(Fault.Deploy fault, int n) {
    boolean ofAgents =
        scenario.fleet().stream()
            .anyMatch(each -> each.name().equals(fault.group()) && each.kind() == SenderType.AGENT);
    if (!ofAgents) {
      refuse(
          "no group of agents " + fault.group() + "; only an agent says that it stops on purpose",
          "timeline",
          n,
          "deploy",
          "group");
    }
  }

  private void clock(Fault.Clock fault, int n) {
    if (!fault.of().equals(Fault.Clock.ORCHESTRATOR) && !workerNames.contains(fault.of())) {
      refuse(
          "no process " + fault.of() + "; write orchestrator, or the name of a worker",
          "timeline",
          n,
          "clock",
          "of");
    }
  }

  private void agentOrRefuse(String worker, Object... path) {
    if (!isAgent(worker)) {
      refuse("a DTU dials a worker of kind agent; " + worker + " is none", path);
    }
  }

  private boolean isAgent(String name) {
    return scenario.workers().stream()
        .anyMatch(
            worker -> worker.name().equals(name) && worker.group().kind() == SenderType.AGENT);
  }

  private static List<Integer> sorted(Set<Integer> ids) {
    return ids.stream().sorted().toList();
  }

  private void refuse(String what, Object... path) {
    var steps = new ArrayList<Reference>();
    for (var step : path) {
      steps.add(
          step instanceof Integer index
              ? new Reference(scenario, index)
              : new Reference(scenario, String.valueOf(step)));
    }
    problems.add(new StrictYaml.Problem(steps, what));
  }
}
