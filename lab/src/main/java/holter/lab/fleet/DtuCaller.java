package holter.lab.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * DTUs in the field: each dials one worker at a time, says who it is, and stays. A DTU whose worker
 * dies stays away until the scenario lets it dial again. Thread-safe.
 */
public final class DtuCaller implements AutoCloseable {
  private static final int CONNECT_MS = 10_000;
  private static final int ANSWER_MS = 15_000;

  private final TruthLog truth;
  private final AtomicLong epoch;
  private final Map<String, Socket> sitting = new ConcurrentHashMap<>();

  public DtuCaller(TruthLog truth) {
    this.truth = truth;
    epoch = new AtomicLong(truth.clock().nowMs() * 1000);
  }

  /**
   * Dials a worker; a connection that the DTU still has elsewhere is left first, as a modem does.
   *
   * @return whether the worker took it
   */
  public boolean dial(String dtu, String worker, InetSocketAddress door) {
    hangUp(dtu);
    var socket = new Socket();
    try {
      truth.happened(TruthLog.Kind.DTU_DIALLED, dtu, worker);
      socket.connect(door, CONNECT_MS);
      socket.setSoTimeout(ANSWER_MS);
      var line = "REG " + dtu + " " + epoch.incrementAndGet() + "\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      var answer = new byte[3];
      int read = socket.getInputStream().readNBytes(answer, 0, 3);
      if (!new String(answer, 0, read, StandardCharsets.UTF_8).startsWith("OK")) {
        socket.close();
        return false;
      }
      sitting.put(dtu, socket);
      return true;
    } catch (IOException refused) {
      closeQuietly(socket);
      return false;
    }
  }

  /** Leaves the worker it sits at, if it sits at one. */
  public void hangUp(String dtu) {
    var socket = sitting.remove(dtu);
    if (socket != null) {
      truth.happened(TruthLog.Kind.DTU_HUNG_UP, dtu, "");
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // the other side was faster
    }
  }

  @Override
  public void close() {
    sitting.values().forEach(DtuCaller::closeQuietly);
  }
}
