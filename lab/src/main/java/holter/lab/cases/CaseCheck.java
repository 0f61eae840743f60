package holter.lab.cases;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import holter.lab.scenario.StrictYaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a case's parts must agree on, beyond each key's own type. */
final class CaseCheck {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,60}");

  private final List<Problem> problems = new ArrayList<>();
  private final Case given;

  private CaseCheck(Case given) {
    this.given = given;
  }

  /** The first thing that does not fit, or null when all fits. */
  static @Nullable Problem firstProblem(Case given) {
    var check = new CaseCheck(given);
    check.head();
    if (check.problems.isEmpty()) {
      check.world();
      check.expectation();
    }
    return check.problems.isEmpty() ? null : check.problems.getFirst();
  }

  @SuppressWarnings("ConstantValue") // records read by Jackson can lack what the type promises
  private void head() {
    if (!"case".equals(given.kind())) {
      add("'kind' must be case", "kind");
    } else if (given.name() == null || !NAME.matcher(given.name()).matches()) {
      add("'name' must be one word of letters, digits, dots and dashes", "name");
    } else if ((given.kafka() == null) == (given.bundle() == null)) {
      add("exactly one of kafka and bundle must be given", "kafka");
    } else if (given.bundle() != null && !given.inject().isEmpty()) {
      add("nothing can be injected into a recorded bundle", "inject");
    } else if (given.bundle() == null && given.origin() != null) {
      add("'origin' tells where a bundle came from, and there is none", "origin");
    } else if (!given.expect().healthy() && given.expect().causes().isEmpty()) {
      add("expect.causes is missing; for a healthy case write healthy: true", "expect");
    } else if (given.expect().healthy() && !given.expect().causes().isEmpty()) {
      add("a healthy case has no causes; name those that may stand in 'also'", "expect", "causes");
    }
  }

  private void world() {
    var kafka = given.kafka();
    if (kafka == null) {
      return;
    }
    if (kafka.brokers().isEmpty()) {
      add("kafka.brokers is missing", "kafka");
      return;
    }
    boolean old = kafka.version().startsWith("0.") || kafka.version().startsWith("2.");
    if (old && kafka.internal()) {
      add("a listener of its own for replication, and SCRAM, need Kafka 3 or later here", "kafka");
    }
    brokers(kafka);
    var ids = kafka.brokers().stream().map(Case.Broker::id).collect(Collectors.toSet());
    topics(ids);
    clients(kafka);
    doses(ids);
    given.diagnose().vantages().stream()
        .filter(host -> !NAME.matcher(host).matches())
        .forEach(host -> add("vantage " + host + " is no host's name", "diagnose", "vantages"));
  }

  private void brokers(Case.Kafka kafka) {
    for (var broker : kafka.brokers()) {
      if (broker.advertised() != null && !kafka.internal()) {
        add("'advertised' needs kafka.internal: true, or replication breaks too", "kafka");
      }
      if (broker.dirs() < 1 || broker.dirs() > 4 || broker.diskMb() < 0) {
        add("a broker has 1 to 4 dirs and a disk of 20 MB or more", "kafka", "brokers");
      }
    }
  }

  private void topics(Set<Integer> ids) {
    if (!given.topics().containsKey(given.diagnose().topic())) {
      add("topic " + given.diagnose().topic() + " is asked about and not made", "topics");
    }
    given
        .topics()
        .forEach(
            (name, topic) ->
                topic.partitions().values().stream()
                    .flatMap(List::stream)
                    .filter(id -> !ids.contains(id))
                    .findFirst()
                    .ifPresent(
                        id -> add("no broker " + id + "; there are " + ids, "topics", name)));
  }

  private void clients(Case.Kafka kafka) {
    if (given.clients().size() > Case.CLIENTS_MAX) {
      add("a case has " + Case.CLIENTS_MAX + " clients at most", "clients");
    }
    var names = given.clients().stream().map(Client::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      add("two clients of one name", "clients");
    }
    for (var client : given.clients()) {
      if (!given.topics().containsKey(client.topic())) {
        add("client " + client.name() + ": no topic " + client.topic(), "clients");
      }
      if (kafka.sasl() && client.user() == null) {
        add("client " + client.name() + ": 'user' is missing; kafka.sasl is set", "clients");
      }
    }
  }

  private void doses(Set<Integer> ids) {
    var names = given.clients().stream().map(Client::name).toList();
    for (int n = 0; n < given.inject().size(); n++) {
      int broker =
          switch (given.inject().get(n).strike()) {
            case Strike.Broker b -> b.id();
            case Strike.Cpu c -> c.broker();
            case Strike.Disk d -> d.broker();
            case Strike.Dir d -> d.broker();
            case Strike.Files f -> f.broker();
            default -> -1;
          };
      if (broker >= 0 && !ids.contains(broker)) {
        problem("no broker " + broker + "; there are " + ids, n);
      }
      if (given.inject().get(n).strike() instanceof Strike.OfClient client
          && !names.contains(client.name())) {
        problem("no client " + client.name() + "; there are " + names, n);
      }
      if (given.inject().get(n).strike() instanceof Strike.Disk disk
          && ids.contains(disk.broker())
          && given.broker(disk.broker()).diskMb() == 0) {
        problem("broker " + disk.broker() + " has no disk of its own; give it diskMb", n);
      }
    }
  }

  private void expectation() {
    var all = new ArrayList<>(given.expect().remedy());
    all.addAll(given.expect().mustNot().text());
    given.expect().cite().stream()
        .map(Expected.Cite::text)
        .filter(text -> text != null)
        .forEach(all::add);
    given.confirm().stream()
        .map(Confirm::said)
        .filter(said -> said != null)
        .forEach(said -> all.add(said.text()));
    for (var text : all) {
      try {
        Pattern.compile(text);
      } catch (PatternSyntaxException bad) {
        add("'" + text + "' is no regular expression; " + bad.getDescription(), "expect");
      }
    }
  }

  private void problem(String what, int dose) {
    problems.add(
        new Problem(List.of(new Reference(null, "inject"), new Reference(null, dose)), what));
  }

  private void add(String what, String... path) {
    var steps = new ArrayList<Reference>();
    for (var step : path) {
      steps.add(new Reference(null, step));
    }
    problems.add(new Problem(steps, what));
  }
}
