package holter.server;

import holter.server.host.HostsOverSsh;
import holter.server.jmx.JmxRound;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.Vantage;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeLook;
import holter.server.ssh.SshScript;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Further places where evidence can be had. One that is not given is not asked, and is told as not
 * asked.
 *
 * @param hosts measures hosts that have no exporter; null when nobody said how
 * @param jmx reads brokers' own figures; null when nobody said where
 * @param vantages other places from which brokers are reached
 */
public record Places(
    @Nullable HostsOverSsh hosts,
    @Nullable JmxRound jmx,
    @Nullable KubeLook kube,
    @Nullable KubeCluster cluster,
    List<Vantage> vantages)
    implements AutoCloseable {
  /** Nobody gave any. */
  public static final Places NONE = new Places(null, null, null, null, List.of());

  private static final Pattern SSH = Pattern.compile("ssh(?::([^@/\\s]+)@)?");
  private static final Pattern SSH_TO = Pattern.compile("ssh:(?:([^@/\\s]+)@)?([^@/\\s]+)");

  public Places {
    vantages = List.copyOf(vantages);
  }

  /**
   * Places as people write them.
   *
   * @param hosts {@code ssh} or {@code ssh:USER@}; empty for none
   * @param jmx {@code {host}:9999}; empty for none
   * @param vantages each {@code ssh:[USER@]HOST}
   */
  public record Given(String hosts, String jmx, List<String> vantages) {
    public Given {
      vantages = List.copyOf(vantages);
    }
  }

  /**
   * Opens them; asks nobody yet.
   *
   * @param clockMs engine time
   * @throws IllegalArgumentException with one line for people: what is written wrong
   */
  public static Places of(Given given, KafkaSettings kafka, LongSupplier clockMs) {
    HostsOverSsh hosts = null;
    if (!given.hosts().isEmpty()) {
      Matcher ssh = matched(SSH, given.hosts(), "ssh or ssh:USER@");
      hosts = new HostsOverSsh(ssh(ssh.group(1)), clockMs);
    }
    JmxRound jmx = given.jmx().isEmpty() ? null : new JmxRound(given.jmx(), clockMs);
    List<Vantage> vantages = new ArrayList<>();
    for (String each : given.vantages()) {
      Matcher ssh = matched(SSH_TO, each, "ssh:HOST or ssh:USER@HOST");
      String host = String.valueOf(ssh.group(2));
      if (!SshScript.isHost(host)) {
        throw new IllegalArgumentException("\"" + host + "\" is no host name");
      }
      vantages.add(new Vantage(host, ssh(ssh.group(1)), kafka, clockMs));
    }
    return new Places(hosts, jmx, null, null, vantages);
  }

  /**
   * With the Kubernetes that the hosts are of.
   *
   * @param kubeconfig empty: the service account of our own pod
   * @param context empty: the file's current one
   * @throws IllegalArgumentException with one line for people
   */
  public Places withKubernetes(String kubeconfig, String context, LongSupplier clockMs) {
    KubeCluster opened = KubeCluster.openToLook(kubeconfig, context);
    return new Places(hosts, jmx, new KubeLook(opened, clockMs), opened, vantages);
  }

  @Override
  public void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static Matcher matched(Pattern pattern, String given, String like) {
    Matcher matcher = pattern.matcher(given);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + given + "\" is not like " + like);
    }
    return matcher;
  }

  private static SshScript ssh(@Nullable String user) {
    return new SshScript(SshScript.PROGRAM, user == null ? "" : user);
  }
}
