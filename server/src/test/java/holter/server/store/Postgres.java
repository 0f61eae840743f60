package holter.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL server on a free port, in a directory of its own, ended with the test. As root
 * it runs as the system's {@code postgres} user, because it refuses root.
 */
final class Postgres {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path bin;
  private final Path home;
  private final Path data;
  private final int port = freePort();
  private Process server;

  private Postgres(Path bin, Path home) throws IOException, InterruptedException {
    this.bin = bin;
    this.home = home;
    this.data = home.resolve("data");
    run("initdb", "-D", data.toString(), "-U", "holter", "-A", "trust", "--no-sync");
    this.server = begin();
  }

  /** Where the newest installed server is; empty when there is none. */
  static Optional<Path> installed() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(at -> Files.isExecutable(at.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Postgres start(Path bin) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("holter-postgres");
    if (root()) {
      execute(List.of("chown", "postgres", home.toString()));
    }
    return new Postgres(bin, home);
  }

  private static boolean root() {
    return System.getProperty("user.name", "").equals("root");
  }

  private Process begin() throws IOException {
    Process begun =
        new ProcessBuilder(
                command(
                    "postgres",
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-k",
                    data.toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "fsync=off"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await().atMost(LIMIT).until(this::answers);
    return begun;
  }

  private boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private List<String> command(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (root()) {
      command.addAll(
          List.of(
              "setpriv",
              "--reuid=postgres",
              "--regid=postgres",
              "--clear-groups",
              "--pdeathsig",
              "KILL"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    execute(command(program, arguments));
  }

  private static void execute(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("failed: " + command);
    }
  }

  StoreAddress address() {
    return new StoreAddress(url(), "holter", "");
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url() + "?connectTimeout=1", "holter", "");
  }

  /** Ends the server at once, as a crash does. */
  void crash() throws InterruptedException {
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  void startAgain() throws IOException {
    server = begin();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  /** Ends the server and removes what it wrote. */
  void close() throws IOException, InterruptedException {
    crash();
    execute(List.of("rm", "-rf", home.toString()));
  }
}
