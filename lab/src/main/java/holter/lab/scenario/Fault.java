package holter.lab.scenario;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to the world at one moment, and undone when the injection ends. */
public sealed interface Fault {
  /** Hosts that the fault names. */
  default List<String> hosts() {
    return List.of();
  }

  /** Whether it strikes the way of beats, not a worker or a DTU. */
  default boolean onChannel() {
    return true;
  }

  /** What it is done to, for people and for the truth log. */
  String target();

  /**
   * Byte-hungry flows of pods on a host, more than its NIC carries; they stop at the end.
   *
   * @param host whose NIC is filled
   * @param peer the host at the other end
   * @param flows connections side by side
   * @param direction as {@code host} sees it
   * @param pod the pods' name in the world's books
   */
  record NicSaturate(String host, String peer, int flows, Scenario.Direction direction, String pod)
      implements Fault {
    public NicSaturate {
      flows = flows == 0 ? 32 : flows;
      direction = direction == null ? Scenario.Direction.BOTH : direction;
      pod = pod == null ? "savoir-recv" : pod;
    }

    @Override
    public List<String> hosts() {
      return List.of(host, peer);
    }

    @Override
    public String target() {
      return host;
    }
  }

  /** Another rate and depth of a host's NIC; the scenario's own return at the end. */
  record NicRate(String host, Rate rate, @Nullable Duration depth) implements Fault {
    @Override
    public List<String> hosts() {
      return List.of(host);
    }

    @Override
    public String target() {
      return host;
    }
  }

  /** In a link's {@code from}: workers' and Holter's hosts, as far as no broker stands there. */
  String CLIENTS = "clients";

  /** In a link's {@code to}: the brokers' hosts. */
  String BROKERS = "brokers";

  /**
   * A mode of the way between two hosts; it passes again at the end.
   *
   * @param from one end; {@code *} is every host, {@code clients} every one without a broker
   * @param to the other end; {@code *} is every host, {@code brokers} every one with a broker
   * @param mode what happens to connections from {@code from} to {@code to}
   * @param delay of each byte, for {@code DELAY}
   * @param rate for {@code RATE}
   */
  record Link(String from, String to, Mode mode, @Nullable Duration delay, @Nullable Rate rate)
      implements Fault {
    /** What a link does to connections that cross it. */
    @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
    public enum Mode {
      DELAY,
      RATE,
      STOP_READING,
      DROP_UP,
      DROP_DOWN,
      RESET,
      CLOSE_ON_ACCEPT,
      IDLE_CUT,
      REFUSED,
      DARK
    }

    @Override
    public List<String> hosts() {
      return java.util.stream.Stream.of(from, to)
          .filter(end -> !end.equals("*") && !end.equals(CLIENTS) && !end.equals(BROKERS))
          .toList();
    }

    @Override
    public String target() {
      return from + "→" + to;
    }
  }

  /** What is done to a process. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  enum Deed {
    KILL,
    STOP,
    /** Stops an agent's beat loop while its TCP still answers; never done to a broker. */
    HANG
  }

  /** A broker's process; a killed one is started again at the end, a stopped one continued. */
  record Broker(int id, Deed action) implements Fault {
    public Broker {
      if (action == Deed.HANG) {
        throw new IllegalArgumentException("a broker is killed or stopped; write kill or stop");
      }
    }

    @Override
    public String target() {
      return "broker " + id;
    }
  }

  /** A worker's process. A kill has no end: bringing it back is Holter's job. */
  record Instance(String name, Deed action) implements Fault {
    @Override
    public boolean onChannel() {
      return false;
    }

    @Override
    public String target() {
      return name;
    }
  }

  /**
   * Holter's own process: a killed one is started again at the end, a stopped one continued.
   *
   * @param which of several replicas; the leader unless said
   */
  record Orchestrator(Deed action, Which which) implements Fault {
    /** A role of one of several replicas at the moment of the fault. */
    @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
    public enum Which {
      LEADER,
      STANDBY
    }

    public Orchestrator {
      which = which == null ? Which.LEADER : which;
      if (action == Deed.HANG) {
        throw new IllegalArgumentException(
            "the orchestrator is killed or stopped; write kill or stop");
      }
    }

    @Override
    public boolean onChannel() {
      return false;
    }

    @Override
    public String target() {
      return which == Which.STANDBY ? "orchestrator, standby" : "orchestrator";
    }
  }

  /**
   * All workers of a group are replaced one after the other: each is told to stop, says goodbye,
   * and is started again. Its end is the last one's return.
   *
   * @param group name of a group of agents
   * @param each from one worker's turn to the next
   * @param down from a worker's exit to its next start
   */
  record Deploy(String group, Duration each, Duration down) implements Fault {
    public Deploy {
      each = each == null ? Duration.ofSeconds(1) : each;
      down = down == null ? Duration.ofSeconds(1) : down;
    }

    @Override
    public boolean onChannel() {
      return false;
    }

    @Override
    public String target() {
      return group;
    }
  }

  /**
   * The brokers are restarted one after the other, in order: told to shut down, which moves their
   * leaders first, and started again with their data. Its end is the last one's return.
   *
   * @param rounds how often all of them
   * @param each from one broker's return to the next one's turn
   * @param down from a broker's exit to its next start
   */
  record Roll(int rounds, Duration each, Duration down) implements Fault {
    public Roll {
      rounds = rounds == 0 ? 1 : rounds;
      each = each == null ? Duration.ofSeconds(5) : each;
      down = down == null ? Duration.ofSeconds(1) : down;
      if (rounds < 0) {
        throw new IllegalArgumentException("rounds: at least 1");
      }
    }

    /** Nothing of the channel is broken: whoever claims a cause raises a false alarm. */
    @Override
    public boolean onChannel() {
      return false;
    }

    @Override
    public String target() {
      return "brokers";
    }
  }

  /**
   * The wall clock of one process jumps forward, and back at the end; its monotonic clock does not.
   *
   * @param of a worker's name, or {@code orchestrator}
   * @param by how far
   */
  record Clock(String of, Duration by) implements Fault {
    /** Holter's own process. */
    public static final String ORCHESTRATOR = "orchestrator";

    @Override
    public boolean onChannel() {
      return false;
    }

    @Override
    public String target() {
      return of;
    }
  }

  /** A pod that runs from the start to the end of the injection. */
  record PodRuns(Scenario.Pod pod) implements Fault {
    @Override
    public List<String> hosts() {
      return List.of(pod.host(), pod.peer());
    }

    @Override
    public String target() {
      return pod.name();
    }
  }

  /** A DTU dials a worker, leaving the one it was at; it hangs up at the end, if there is one. */
  record DtuDials(String id, String dac) implements Fault {
    @Override
    public boolean onChannel() {
      return false;
    }

    @Override
    public String target() {
      return id;
    }
  }
}
