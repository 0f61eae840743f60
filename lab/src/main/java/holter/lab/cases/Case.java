package holter.lab.cases;

import holter.lab.scenario.Host;
import holter.lab.scenario.Scenario;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One case: a cluster and its clients, what is done to them, what Holter is given, and what it is
 * expected to say; or a recorded bundle in place of the cluster. Read from YAML by {@link
 * CaseReader}; docs/scoring.md describes the keys.
 *
 * @param kind always {@code case}
 * @param name one word, used in file names
 * @param title one line for people
 * @param told what the user would say who asks
 * @param bundle a directory of recorded evidence, relative to the file; null for a live case
 * @param origin where a bundle came from; null for a live case, and where nobody said
 * @param kafka the cluster; null for a bundle
 * @param hosts NICs of hosts that differ from the scenarios' default
 * @param topics replica lists and configs
 * @param clients producers and consumers
 * @param inject what is done, and when
 * @param confirm what must be so before the diagnosis, or the case is void
 * @param diagnose when, from where and with what Holter is asked
 * @param expect what is scored
 */
public record Case(
    String kind,
    String name,
    String title,
    String told,
    @Nullable String bundle,
    @Nullable Origin origin,
    @Nullable Kafka kafka,
    Map<String, Host> hosts,
    Map<String, Topic> topics,
    List<Client> clients,
    List<Dose> inject,
    List<Confirm> confirm,
    Ask diagnose,
    Expected expect) {
  /** Beyond this a case is no page of text any more. */
  static final int CLIENTS_MAX = 20;

  public Case {
    title = title == null ? "" : title;
    told = told == null ? "" : told;
    hosts = hosts == null ? Map.of() : Map.copyOf(hosts);
    topics = topics == null ? Map.of() : Map.copyOf(topics);
    clients = listOf(clients);
    inject = listOf(inject);
    confirm = listOf(confirm);
    diagnose = diagnose == null ? Ask.DEFAULT : diagnose;
    expect = expect == null ? Expected.NOTHING : expect;
  }

  /** An absent list of the file is an empty one. */
  static <T> List<T> listOf(@Nullable List<T> read) {
    return read == null ? List.of() : List.copyOf(read);
  }

  /**
   * Where a bundle came from; exactly one of its parts.
   *
   * @param recorded what it was recorded from: a live case and its Kafka, or an incident
   * @param cites the address of the public log that its lines are taken from
   * @param byHand somebody wrote it as they think it looks: it proves less
   */
  public record Origin(@Nullable String recorded, @Nullable String cites, boolean byHand) {
    public Origin {
      int given = (recorded == null ? 0 : 1) + (cites == null ? 0 : 1) + (byHand ? 1 : 0);
      if (given != 1) {
        throw new IllegalArgumentException("exactly one of recorded, cites, byHand must be given");
      }
    }
  }

  /** Every host that something of the case stands on, brokers first. */
  public Set<String> hostNames() {
    var names = new LinkedHashSet<String>();
    if (kafka != null) {
      kafka.brokers().forEach(broker -> names.add(broker.host()));
      kafka.brokers().stream()
          .filter(broker -> broker.advertised() != null)
          .forEach(broker -> names.add(String.valueOf(broker.advertised())));
    }
    clients.forEach(client -> names.add(client.host()));
    names.addAll(hosts.keySet());
    names.add(diagnose.from());
    names.addAll(diagnose.vantages());
    inject.forEach(dose -> names.addAll(dose.strike().hosts()));
    return names;
  }

  /** A broker's entry. */
  public Broker broker(int id) {
    if (kafka == null) {
      throw new IllegalStateException("a bundle has no brokers");
    }
    return kafka.brokers().stream().filter(b -> b.id() == id).findFirst().orElseThrow();
  }

  /**
   * The cluster.
   *
   * @param version a release number that lab/kafka has a pom for
   * @param controlPath whether the controller's or ZooKeeper's session passes the hosts' NICs
   * @param brokers ids, hosts and what is theirs alone
   * @param settings of all brokers, beyond the stock ones
   * @param sasl whether clients log in by SCRAM, each as its {@code user}
   * @param internal whether replication has a listener of its own
   */
  public record Kafka(
      String version,
      Scenario.ControlPath controlPath,
      List<Broker> brokers,
      Map<String, String> settings,
      boolean sasl,
      boolean internal) {
    public Kafka {
      controlPath = controlPath == null ? Scenario.ControlPath.OWN : controlPath;
      brokers = listOf(brokers);
      settings = settings == null ? Map.of() : Map.copyOf(settings);
      internal = internal || sasl;
    }
  }

  /**
   * A broker.
   *
   * @param id as the cluster knows it
   * @param host where it stands
   * @param settings of this broker alone
   * @param diskMb its data directory is a file system of this size; 0 for the machine's own
   * @param dirs how many data directories it has, 1 unless said
   * @param advertised another host that it advertises to clients; nothing answers there
   */
  public record Broker(
      int id,
      String host,
      Map<String, String> settings,
      int diskMb,
      int dirs,
      @Nullable String advertised) {
    public Broker {
      settings = settings == null ? Map.of() : Map.copyOf(settings);
      dirs = dirs == 0 ? 1 : dirs;
    }
  }

  /**
   * A topic.
   *
   * @param partitions per partition the brokers that hold it, preferred leader first; none of a
   *     topic that clients name and that is not made
   * @param configs overrides
   */
  public record Topic(SortedMap<Integer, List<Integer>> partitions, Map<String, String> configs) {
    public Topic {
      partitions = partitions == null ? new TreeMap<>() : new TreeMap<>(partitions);
      configs = configs == null ? Map.of() : Map.copyOf(configs);
    }
  }

  /**
   * When, from where and with what Holter is asked.
   *
   * @param after from the calm start to the question
   * @param from the host that Holter stands on
   * @param topic whose path is asked about
   * @param sources what it is given beside the cluster's address
   * @param vantages hosts from which it may look as well
   * @param since how far back logs are read
   * @param deep whether it is asked a second time with {@code --deep}
   * @param times how often it is asked
   * @param every from one of these questions to the next
   * @param args further words of the command line
   */
  public record Ask(
      Duration after,
      String from,
      String topic,
      List<Given> sources,
      List<String> vantages,
      @Nullable String since,
      boolean deep,
      int times,
      Duration every,
      List<String> args) {
    private static final int TIMES_MAX = 1_000;

    static final Ask DEFAULT =
        new Ask(
            Duration.ofSeconds(20),
            "iota-ops",
            Scenario.HEARTBEAT,
            List.of(),
            List.of(),
            null,
            false,
            1,
            Duration.ofSeconds(60),
            List.of());

    public Ask {
      times = times == 0 ? 1 : times;
      every = every == null ? Duration.ofSeconds(60) : every;
      if (times < 1 || times > TIMES_MAX) {
        throw new IllegalArgumentException("times: 1 to " + TIMES_MAX);
      }
      after = after == null ? Duration.ofSeconds(20) : after;
      from = from == null ? "iota-ops" : from;
      topic = topic == null ? Scenario.HEARTBEAT : topic;
      sources = listOf(sources);
      vantages = listOf(vantages);
      args = listOf(args);
    }
  }
}
