package holter.server.directory;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A set of registrations in few bytes, as docs/wire.md words it: how many, and the XOR of the
 * CRC-32 of {@code <dtu>:<sessionEpoch>} over them.
 */
public record DtuDigest(int count, int xor) {
  /** Of who holds none. */
  public static final DtuDigest NONE = new DtuDigest(0, 0);

  DtuDigest with(Route route) {
    return new DtuDigest(count + 1, xor ^ crc(route));
  }

  DtuDigest without(Route route) {
    return new DtuDigest(count - 1, xor ^ crc(route));
  }

  private static int crc(Route route) {
    var crc = new CRC32();
    String words = route.dtu() + ":" + route.fence().sessionEpoch();
    crc.update(words.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
