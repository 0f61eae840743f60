package holter.lab.net;

import holter.lab.process.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The second byte of a lab's addresses. It is held by a listener, so that labs side by side differ
 * and a dead lab's number is free again.
 */
final class LabNumber implements AutoCloseable {
  private static final int FIRST = 2; // 127.0 and 127.1 are everybody's
  private static final int LAST = 254;
  private static final int PORT = 4657;

  private final int number;
  private final ServerSocket claim;

  private LabNumber(int number, ServerSocket claim) {
    this.number = number;
    this.claim = claim;
  }

  static LabNumber claim() {
    int count = LAST - FIRST + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < count; i++) {
      int number = FIRST + (start + i) % count;
      try {
        var claim = new ServerSocket();
        try {
          claim.bind(new InetSocketAddress(address(number, 0, 1), PORT), 1);
          return new LabNumber(number, claim);
        } catch (IOException taken) {
          claim.close();
        }
      } catch (IOException e) {
        throw new LabException("cannot claim an address range for the lab; " + e.getMessage(), e);
      }
    }
    throw new LabException(
        "no address range free; 253 labs hold 127.2 to 127.254, or 127.x cannot be bound here;"
            + " end some, or run on Linux");
  }

  int number() {
    return number;
  }

  static InetAddress address(int number, int from, int to) {
    try {
      return InetAddress.getByAddress(new byte[] {127, (byte) number, (byte) from, (byte) to});
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }
}
