package holter.lab.net;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A service for tests: a request is a number n, a number m and m bytes; the answer is n bytes, or
 * bytes for ever when n is negative.
 */
final class EchoServer {
  private static final byte[] CHUNK = new byte[4096];

  private EchoServer() {}

  /** Serves until the listener is closed. */
  static void accept(ServerSocket listener) {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        int answer = in.readInt();
        in.skipNBytes(in.readInt());
        while (answer < 0) {
          out.write(CHUNK);
        }
        out.write(new byte[answer]);
        out.flush();
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  /** One request and its answer on a standing connection. */
  static Duration call(Socket socket, int requestBytes, int answerBytes) throws IOException {
    long start = System.nanoTime();
    request(socket, requestBytes, answerBytes);
    new DataInputStream(socket.getInputStream()).skipNBytes(answerBytes);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  static void request(Socket socket, int requestBytes, int answerBytes) throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    out.write(
        java.nio.ByteBuffer.allocate(8 + requestBytes)
            .putInt(answerBytes)
            .putInt(requestBytes)
            .array());
    out.flush();
  }
}
