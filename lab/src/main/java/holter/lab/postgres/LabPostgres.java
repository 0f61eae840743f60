package holter.lab.postgres;

import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on a free port of loopback, in a directory of the lab's. It refuses to
 * run as root; root's runs as the system's user {@code postgres}. Confined to one thread.
 */
public final class LabPostgres implements AutoCloseable {
  /** Debian and its like keep every version there. */
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String USER = "holter";
  private static final String SYSTEM_USER = "postgres";

  private final Path bin;
  private final Path home;
  private final Children children;
  private final int port = freePort();
  private Child server;

  private LabPostgres(Path bin, Path home, Children children) {
    this.bin = bin;
    this.home = home;
    this.children = children;
    run("initdb", "-D", data(), "-U", USER, "-A", "trust", "--no-sync", "-E", "UTF8");
    this.server = begin();
  }

  /** The programs of the newest installed server; empty when there is none. */
  public static Optional<Path> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(at -> Files.isExecutable(at.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Makes an empty server in {@code home} and starts it.
   *
   * @throws LabException in one line, when none is installed or it does not start
   */
  public static LabPostgres start(Path home, Children children) {
    var bin =
        installed()
            .orElseThrow(
                () ->
                    new LabException(
                        "no PostgreSQL server in "
                            + INSTALLED
                            + "; replicas share one; install the package postgresql"));
    try {
      Files.createDirectories(home);
      if (root()) {
        letIn(home);
      }
      return new LabPostgres(bin, home, children);
    } catch (IOException failed) {
      throw new UncheckedIOException("no directory for PostgreSQL", failed);
    }
  }

  private static boolean root() {
    return System.getProperty("user.name", "").equals("root");
  }

  /** The system's user owns the directory, and may pass through the lab's own above it. */
  private static void letIn(Path home) throws IOException {
    var users = home.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(home, users.lookupPrincipalByName(SYSTEM_USER));
    var above = home.getParent();
    if (above != null) {
      var rights = new java.util.HashSet<>(Files.getPosixFilePermissions(above));
      rights.addAll(Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE));
      Files.setPosixFilePermissions(above, rights);
    }
  }

  private String data() {
    return home.resolve("data").toString();
  }

  private Child begin() {
    var begun =
        children.start(
            spec(
                "postgres",
                command(
                    "postgres",
                    "-D",
                    data(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "shared_buffers=16MB",
                    "-c",
                    "max_connections=40",
                    "-c",
                    "fsync=off")));
    boolean up = Deadline.in(LIMIT).await(() -> answers() || !begun.alive());
    if (!up || !begun.alive()) {
      throw new LabException("PostgreSQL does not start; it last said: " + begun.outputTail(1));
    }
    return begun;
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private ChildSpec spec(String name, List<String> command) {
    return new ChildSpec(
        name, "", command, Map.of(), Path.of("/"), home.resolveSibling("postgres.log"));
  }

  private List<String> command(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (root()) {
      // another user forgets whose death was to be told: it is asked for again
      command.addAll(List.of("setpriv", "--reuid", SYSTEM_USER, "--regid", SYSTEM_USER));
      command.addAll(List.of("--clear-groups", "--pdeathsig", "KILL"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(String program, String... arguments) {
    var child = children.start(spec("postgres-" + program, command(program, arguments)));
    if (!child.awaitExit(LIMIT) || child.exit().join() != 0) {
      child.kill();
      throw new LabException(
          "%s failed in %s; it last said: %s; set HOLTER_HOME to a place that user %s can enter"
              .formatted(program, home, child.outputTail(1), root() ? SYSTEM_USER : "you"));
    }
  }

  /** Its address as JDBC has it. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Who may do everything there, without a password. */
  public String user() {
    return USER;
  }

  /** Ends it and all that it has forked at once, as a crash of its machine does. */
  public void crash() {
    ProcessHandle.of(server.pid())
        .ifPresent(main -> main.descendants().forEach(ProcessHandle::destroyForcibly));
    server.kill();
  }

  /** Starts it again after a crash. */
  public void startAgain() {
    server = begin();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  @Override
  public void close() {
    crash();
  }
}
