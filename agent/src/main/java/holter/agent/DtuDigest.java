package holter.agent;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The set of registrations an instance holds, in few bytes: their number, and the XOR of the CRC-32
 * of {@code <dtu>:<sessionEpoch>} over all of them.
 */
public record DtuDigest(int count, int xor) {
  /** Of an instance that holds none. */
  public static final DtuDigest NONE = new DtuDigest(0, 0);

  DtuDigest with(String dtu, long sessionEpoch) {
    return new DtuDigest(count + 1, xor ^ crc(dtu, sessionEpoch));
  }

  DtuDigest without(String dtu, long sessionEpoch) {
    return new DtuDigest(count - 1, xor ^ crc(dtu, sessionEpoch));
  }

  /** Eight hex digits. */
  String hex() {
    return String.format("%08x", xor);
  }

  private static int crc(String dtu, long sessionEpoch) {
    var crc = new CRC32();
    crc.update((dtu + ":" + sessionEpoch).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
