package holter.lab.witness;

import holter.lab.fleet.LabClock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks brokers the smallest question of Kafka's protocol over and over, each path on a thread of
 * its own with a connection of its own per question, and keeps how long each answer took. It shares
 * no code and no connection with Holter. Thread-safe.
 */
public final class Witness implements AutoCloseable {
  /** A small question that takes longer counts as not answered. */
  static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final int SAMPLES_MAX = 100_000;
  private static final int ANSWER_BYTES_MAX = 1 << 20;

  private final LabClock clock;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** The way from a host to a broker, and where it begins for the one who dials. */
  public record WatchedPath(String from, int broker, InetSocketAddress dial) {}

  /**
   * One question.
   *
   * @param atMs when it was asked
   * @param answerMs from the connect to the last byte of the answer; −1 when there was none
   */
  record Sample(String from, int broker, long atMs, double answerMs) {}

  public Witness(LabClock clock, List<WatchedPath> paths) {
    this.clock = clock;
    for (var path : paths) {
      threads.add(
          Thread.ofVirtual()
              .name("lab-witness-" + path.from() + "-" + path.broker())
              .start(() -> watch(path)));
    }
  }

  private void watch(WatchedPath path) {
    try {
      while (true) {
        long askedMs = clock.nowMs();
        keep(new Sample(path.from(), path.broker(), askedMs, ask(path.dial())));
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void keep(Sample sample) {
    if (samples.size() < SAMPLES_MAX) {
      samples.add(sample);
    }
  }

  /** Milliseconds until the answer's last byte; −1 when there is none by the deadline. */
  public static double ask(InetSocketAddress broker) {
    long start = System.nanoTime();
    try (var socket = new Socket()) {
      socket.connect(broker, (int) DEADLINE.toMillis());
      socket.setSoTimeout((int) DEADLINE.toMillis());
      var out = new DataOutputStream(socket.getOutputStream());
      out.write(apiVersions());
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      int length = in.readInt();
      if (length < 4 || length > ANSWER_BYTES_MAX) {
        return -1;
      }
      in.readNBytes(length);
      double tookMs = (System.nanoTime() - start) / 1e6;
      return tookMs > DEADLINE.toMillis() ? -1 : tookMs;
    } catch (IOException silentOrRefused) {
      return -1;
    }
  }

  /** ApiVersions, version 0: every broker since 0.10.0 answers it. */
  private static byte[] apiVersions() {
    var client = "lab-witness".getBytes(StandardCharsets.US_ASCII);
    var request = java.nio.ByteBuffer.allocate(4 + 8 + 2 + client.length);
    request.putInt(8 + 2 + client.length);
    request.putShort((short) 18).putShort((short) 0).putInt(1);
    request.putShort((short) client.length).put(client);
    return request.array();
  }

  /** What the paths to be hit showed while a fault lasted, against the time before it. */
  public Bite judge(List<PathName> hit, long faultBeganMs, long faultEndedMs) {
    List<Sample> seen;
    synchronized (this) {
      seen = List.copyOf(samples);
    }
    return Bite.of(seen, hit, faultBeganMs, faultEndedMs);
  }

  /** The way from a host to a broker, by name. */
  public record PathName(String from, int broker) {}

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
