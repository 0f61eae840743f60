package holter.lab.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * What a client measures against an {@link EchoServer}, by the same code over the emulated network
 * and, as a process of its own, over a real one. Milliseconds, or bytes per second.
 */
final class NetFigures {
  private static final int SOME_BYTES = 400_000;
  private static final int HUNGRY_FLOWS = 20;
  private static final int LIMIT_MILLIS = 60_000;
  private static final Pattern ASSIGNMENT = Pattern.compile("=");

  private final Map<String, Double> values = new TreeMap<>();

  /** {@code serve ADDRESS PORT}, or {@code measure ADDRESS PORT}, which prints name=value lines. */
  @SuppressWarnings("SystemOut") // how it tells its parent
  public static void main(String[] args) throws Exception {
    var address =
        new InetSocketAddress(InetAddress.getAllByName(args[1])[0], Integer.parseInt(args[2]));
    if (args[0].equals("serve")) {
      EchoServer.accept(new ServerSocket(address.getPort(), 50, address.getAddress()));
    }
    measure(address).forEach((name, value) -> System.out.println(name + "=" + value));
  }

  static Map<String, Double> parse(List<String> lines) {
    var values = new TreeMap<String, Double>();
    for (var line : lines) {
      var parts = ASSIGNMENT.splitAsStream(line).toList();
      if (parts.size() == 2) {
        values.put(parts.getFirst(), Double.valueOf(parts.getLast()));
      }
    }
    return values;
  }

  static Map<String, Double> measure(InetSocketAddress server) throws Exception {
    var figures = new NetFigures();
    warmUp(server);
    long start = System.nanoTime();
    try (var socket = dial(server)) {
      figures.put("idle connect ms", millis(start));
      figures.put("idle small call ms", figures.smallCall(socket));
      start = System.nanoTime();
      EchoServer.call(socket, 100, SOME_BYTES);
      figures.put("download bytes/s", SOME_BYTES / (millis(start) / 1000));
      start = System.nanoTime();
      EchoServer.call(socket, SOME_BYTES, 100);
      figures.put("upload bytes/s", SOME_BYTES / (millis(start) / 1000));
      figures.behindHungryFlows(server, socket);
      TimeUnit.SECONDS.sleep(3); // the experiment's own schedule: the queue drains
      figures.put("small call after relief ms", figures.smallCall(socket));
    }
    return figures.values;
  }

  /** The server may still be starting. */
  private static void warmUp(InetSocketAddress server) throws Exception {
    for (int tries = 1; ; tries++) {
      try (var warm = dial(server)) {
        EchoServer.call(warm, 100, 100);
        return;
      } catch (ConnectException e) {
        if (tries == 60) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
  }

  private void behindHungryFlows(InetSocketAddress server, Socket standing) throws Exception {
    var hungry = new ArrayList<Socket>();
    var received = new AtomicLong();
    for (int i = 0; i < HUNGRY_FLOWS; i++) {
      var socket = dial(server);
      hungry.add(socket);
      EchoServer.request(socket, 0, -1);
      Thread.ofVirtual().start(() -> drain(socket, received));
    }
    TimeUnit.SECONDS.sleep(15); // the experiment's own schedule: the queue fills
    long start = System.nanoTime();
    long before = received.get();
    put("small call behind hungry flows ms", smallCall(standing));
    long fresh = System.nanoTime();
    try (var socket = dial(server)) {
      EchoServer.call(socket, 100, 100);
      put("new connection and call behind hungry flows ms", millis(fresh));
    }
    put("hungry flows bytes/s", (received.get() - before) / (millis(start) / 1000));
    for (var socket : hungry) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private static void drain(Socket socket, AtomicLong received) {
    byte[] buffer = new byte[8192];
    try {
      int bytes = socket.getInputStream().read(buffer);
      while (bytes >= 0) {
        received.addAndGet(bytes);
        bytes = socket.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      // closed by the experiment
    }
  }

  private double smallCall(Socket socket) throws IOException {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < 5; i++) {
      millis.add(EchoServer.call(socket, 100, 100).toNanos() / 1e6);
    }
    millis.sort(null);
    return millis.get(2);
  }

  private void put(String name, double value) {
    values.put(name, value);
  }

  private static Socket dial(InetSocketAddress server) throws IOException {
    var socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(server, LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  private static double millis(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
