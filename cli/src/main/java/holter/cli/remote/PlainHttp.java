package holter.cli.remote;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One GET over HTTP/1.0 on a socket of its own. The JDK's clients look through every jar of the
 * class path for protocols and loggers before their first question, which takes longer than the
 * question; they are for https.
 */
final class PlainHttp {
  private static final int PORT = 80;
  private static final int LINE_MAX = 8_192;
  private static final int LINES_MAX = 200;

  private PlainHttp() {}

  /** What came: a status and its body. */
  record Answer(int status, String body) {}

  /**
   * Asks and waits.
   *
   * @param authorization the header's value; empty for none
   * @param timeout for the connection, and for each silence
   * @param bytesMax a longer body is refused
   */
  static Answer get(URI uri, String authorization, Duration timeout, int bytesMax)
      throws IOException {
    int waitMs = Math.toIntExact(timeout.toMillis());
    int port = uri.getPort() < 0 ? PORT : uri.getPort();
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), waitMs);
      socket.setSoTimeout(waitMs);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      var head = new StringBuilder("GET ").append(uri.getRawPath()).append(query);
      head.append(" HTTP/1.0\r\nHost: ").append(uri.getHost()).append(':').append(port);
      head.append("\r\nAccept: */*\r\n");
      if (!authorization.isEmpty()) head.append("Authorization: ").append(authorization);
      head.append(authorization.isEmpty() ? "\r\n" : "\r\n\r\n");
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      return read(new BufferedInputStream(socket.getInputStream()), bytesMax);
    }
  }

  private static Answer read(InputStream in, int bytesMax) throws IOException {
    int status = status(line(in));
    long length = -1;
    int lines = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (++lines > LINES_MAX) throw new IOException("the answer's head does not end");
      length = line.startsWith("content-length:") ? number(line.substring(15).strip()) : length;
    }
    byte[] body = in.readNBytes((int) Math.min(length < 0 ? bytesMax + 1L : length, bytesMax + 1L));
    if (body.length > bytesMax) throw new IOException("the answer does not end");
    if (body.length < length) throw new IOException("the answer ends early");
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private static int status(String line) throws IOException {
    int blank = line.indexOf(' ');
    if (!line.startsWith("http/") || blank < 0 || line.length() < blank + 4) {
      throw new IOException("the answer is not HTTP");
    }
    return (int) number(line.substring(blank + 1, blank + 4));
  }

  private static long number(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      throw new IOException("the answer's head is not HTTP", none);
    }
  }

  /** One line of the head, in small letters. */
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.length() == LINE_MAX) throw new IOException("the answer's head ends early");
      if (b != '\r') line.append((char) b);
    }
    return line.toString().toLowerCase(Locale.ROOT);
  }
}
