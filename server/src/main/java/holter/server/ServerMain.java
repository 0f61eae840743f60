package holter.server;

import holter.server.config.BadConfig;
import holter.server.config.ConfigFile;
import holter.server.config.HolterConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/** {@code holter server -c holter.yaml}: runs until it is told to end. */
public final class ServerMain {
  /** Ended as it was told. */
  public static final int DONE = 0;

  /** The start was refused: a mistake of the user's. */
  public static final int REFUSED = 2;

  /** The decision loop failed: a bug. A supervisor starts Holter again; its state is stored. */
  public static final int FAILED = 3;

  private ServerMain() {}

  /**
   * Runs a server in the calling thread.
   *
   * @param config the file
   * @param out takes the one line that says it is ready
   * @param err takes the one line that says why it does not start
   * @return the process's exit code
   */
  public static int run(Path config, PrintStream out, PrintStream err) {
    ServerLogs.configure();
    try {
      return run(ConfigFile.read(config), out);
    } catch (BadConfig | CannotStart mistake) {
      err.println("error: " + mistake.getMessage());
      return REFUSED;
    }
  }

  private static int run(HolterConfig config, PrintStream out) {
    try (Server server = Server.start(config)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
      out.println(ready(server, config));
      out.flush();
      server.ended().join();
      return DONE;
    } catch (CompletionException failed) {
      return FAILED;
    }
  }

  private static String ready(Server server, HolterConfig config) {
    String agents = server.agentsUrl().isEmpty() ? "" : ", agents " + server.agentsUrl();
    return "holter server ready: api " + server.apiUrl() + agents + ", cluster " + config.cluster();
  }
}
