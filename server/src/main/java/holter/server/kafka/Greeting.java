package holter.server.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What stands behind an address that tells no cluster's map, by its answer to Kafka's smallest
 * question on a plain connection. It explains a mistake in an address or in security settings; it
 * judges nobody.
 */
public enum Greeting {
  /** A broker; so it wants a login before it tells anything else, or it is sick. */
  KAFKA,
  /** It hangs up on, or complains of, words that are no TLS. */
  TLS,
  HTTP,
  /** It says something that no broker says. */
  OTHER,
  /** It takes the connection and closes it without a word; a broker's TLS port may do so. */
  CLOSED,
  SILENT,
  REFUSED,
  /** The connect itself gets no answer. */
  DARK,
  UNRESOLVED;

  private static final int CORRELATION = 0x484f4c54;
  private static final int TLS_ALERT = 0x15;

  /** Asks once; never throws, and ends by the deadline but for the resolving of the name. */
  public static Greeting of(String address, Duration deadline) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int limitMs = Math.toIntExact(deadline.toMillis());
    boolean connected = false;
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(address.substring(colon + 1));
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), limitMs);
      connected = true;
      socket.setSoTimeout(limitMs);
      socket.getOutputStream().write(apiVersions());
      // Whoever reads lines waits for the end of one; the question is over, so nothing is spoilt.
      socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    } catch (UnknownHostException nobody) {
      return UNRESOLVED;
    } catch (SocketTimeoutException late) {
      return connected ? SILENT : DARK;
    } catch (ConnectException refused) {
      return String.valueOf(refused.getMessage()).contains("refused") ? REFUSED : DARK;
    } catch (IOException | IllegalArgumentException closed) {
      return connected ? CLOSED : DARK;
    }
  }

  private static Greeting read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) return CLOSED;
    if (first == TLS_ALERT) return TLS;
    if (first == 'H' || first == '<') return HTTP; // an answer's head, or a page without one
    byte[] next = in.readNBytes(7);
    boolean ours = next.length == 7 && ByteBuffer.wrap(next).getInt(3) == CORRELATION;
    return ours ? KAFKA : OTHER;
  }

  private static byte[] apiVersions() {
    byte[] client = "holter".getBytes(StandardCharsets.UTF_8);
    ByteBuffer request = ByteBuffer.allocate(4 + 2 + 2 + 4 + 2 + client.length);
    request.putInt(request.capacity() - 4);
    request.putShort((short) 18).putShort((short) 0).putInt(CORRELATION);
    request.putShort((short) client.length).put(client);
    return request.array();
  }
}
