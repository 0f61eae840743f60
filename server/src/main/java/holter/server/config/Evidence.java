package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is collected for a diagnosis.
 *
 * @param deadline of each collector
 * @param logs where the brokers' logs are; null when Holter has none
 * @param clientLogs a file or directory of clients' logs; empty when Holter has none
 * @param hosts where the hosts' figures are; null when Holter has none
 * @param hostsBy {@code ssh} or {@code ssh:USER@}, for brokers' hosts without an exporter; or empty
 * @param jmx the brokers', {@code {host}:9999}; or empty
 * @param vantages other places from which brokers are reached, {@code ssh:[USER@]HOST}
 */
public record Evidence(
    Duration deadline,
    @Nullable Logs logs,
    String clientLogs,
    @Nullable Hosts hosts,
    String hostsBy,
    String jmx,
    List<String> vantages) {
  public Evidence {
    vantages = List.copyOf(vantages);
    Check.within("evidence.deadline", deadline, Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Evidence of(
      @Nullable Duration deadline,
      @Nullable Logs logs,
      @Nullable String clientLogs,
      @Nullable Hosts hosts,
      @Nullable String hostsBy,
      @Nullable String jmx,
      @Nullable List<String> vantages) {
    return new Evidence(
        deadline == null ? Duration.ofSeconds(8) : deadline,
        logs,
        clientLogs == null ? "" : clientLogs,
        hosts,
        hostsBy == null ? "" : hostsBy,
        jmx == null ? "" : jmx,
        vantages == null ? List.of() : vantages);
  }

  /**
   * The brokers' logs: a directory here, or a path on each broker's host by ssh.
   *
   * @param dir {@code DIR/<broker id or host>/…}; empty with ssh
   * @param ssh whether the system's ssh is used
   * @param user the login at the hosts; empty for ssh's own choice
   * @param path the log directory at the hosts
   */
  public record Logs(String dir, boolean ssh, String user, String path) {
    public Logs {
      if (ssh == !dir.isEmpty()) {
        throw new BadConfig(
            "evidence.logs",
            "needs one of dir and ssh",
            "write { dir: /var/log/kafka } or { ssh: true, path: /var/log/kafka }");
      }
      if (!user.isEmpty() && !user.matches("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,31}")) {
        throw new BadConfig("evidence.logs.user", "is no login name", "write a plain login name");
      }
      if (ssh) {
        Check.required("evidence.logs.path", path);
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Logs of(
        @Nullable String dir, @Nullable Boolean ssh, @Nullable String user, @Nullable String path) {
      return new Logs(
          dir == null ? "" : dir,
          ssh != null && ssh,
          user == null ? "" : user,
          path == null ? "" : path);
    }
  }

  /**
   * The hosts' figures.
   *
   * @param nodeExporter its URL, with {@code {host}} where the host's name goes
   * @param darkIsGone whether a host of workers that falls silent together with its exporter counts
   *     as gone: decision 010 says what that may cost
   */
  public record Hosts(String nodeExporter, boolean darkIsGone) {
    public Hosts {
      Check.httpUrl("evidence.hosts.nodeExporter", nodeExporter);
      if (!nodeExporter.contains("{host}")) {
        throw new BadConfig(
            "evidence.hosts.nodeExporter", "names no {host}", "write http://{host}:9100/metrics");
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Hosts of(@Nullable String nodeExporter, @Nullable Boolean darkIsGone) {
      return new Hosts(
          Check.required("evidence.hosts.nodeExporter", nodeExporter),
          darkIsGone != null && darkIsGone);
    }
  }
}
