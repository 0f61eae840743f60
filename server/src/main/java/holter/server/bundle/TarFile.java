package holter.server.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .tar.gz}, as {@code tar czf} writes it: plain files and folders, long names of GNU and
 * pax. Unpacking never leaves the target folder, follows no link and stops at its bounds; what was
 * left out is told. Packing has no dates and owners in it, so that the same files make the same
 * bytes.
 */
final class TarFile {
  static final int FILES_MAX = 5_000;
  static final long BYTES_MAX = 1L << 30;

  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int NAME_MAX = 4096;

  private final InputStream in;
  private final Path target;
  private final Losses losses;
  private int files;
  private long bytes;

  private TarFile(InputStream in, Path target, Losses losses) {
    this.in = in;
    this.target = target;
    this.losses = losses;
  }

  /**
   * Unpacks what can be unpacked; an archive that breaks off gives what stands before.
   *
   * @throws IOException when it is no archive of this kind at all, or the target is not writable
   */
  static void unpack(Path archive, Path target, Losses losses) throws IOException {
    // not buffered: a buffer would lose what stands before the break
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      var tar = new TarFile(in, target, losses);
      try {
        tar.entries();
      } catch (EOFException | ZipException broken) {
        losses.part(name(archive), BundleWords.CUT_OFF, tar.files);
      }
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private void entries() throws IOException {
    var header = new byte[BLOCK];
    String longName = "";
    while (full(header) && !empty(header)) {
      long size = octal(header, 124, 12);
      if (size < 0 || !checked(header)) {
        throw new EOFException("no header");
      }
      char type = (char) header[156];
      if (type == 'L' || type == 'x') {
        byte[] text = in.readNBytes((int) Math.min(size, NAME_MAX));
        skip(size - text.length);
        pad(size);
        longName = type == 'L' ? text(text, 0, text.length) : paxName(text, longName);
        continue;
      }
      String name = longName.isEmpty() ? shortName(header) : longName;
      longName = "";
      if (type == '0' || type == 0) {
        if (files >= FILES_MAX || bytes + size > BYTES_MAX) {
          losses.part("archive", BundleWords.TOO_LARGE, BYTES_MAX);
          return;
        }
        file(name, size);
      } else {
        if (type != '5' && type != 'g') {
          losses.part("archive", BundleWords.NO_PLAIN_FILE, name);
        }
        skip(size);
      }
      pad(size);
    }
  }

  private void file(String name, long size) throws IOException {
    Path to = inside(name);
    if (to == null) {
      losses.part("archive", BundleWords.UNSAFE_ENTRY, name);
      skip(size);
      return;
    }
    Files.createDirectories(to.getParent());
    files++;
    try (OutputStream out = Files.newOutputStream(to)) {
      var chunk = new byte[64 * 1024];
      for (long left = size; left > 0; ) {
        int read = in.read(chunk, 0, (int) Math.min(left, chunk.length));
        if (read < 0) {
          throw new EOFException("the file breaks off");
        }
        out.write(chunk, 0, read);
        bytes += read;
        left -= read;
      }
    }
  }

  /** Where a name lies in the target; null when it lies outside or is no name. */
  private @Nullable Path inside(String name) {
    try {
      Path given = Path.of(name);
      Path to = target.resolve(name).normalize();
      boolean safe = !given.isAbsolute() && to.startsWith(target) && !to.equals(target);
      return safe && name.indexOf('\\') < 0 ? to : null;
    } catch (InvalidPathException noName) {
      return null;
    }
  }

  private boolean full(byte[] header) throws IOException {
    int read = in.readNBytes(header, 0, BLOCK);
    if (read > 0 && read < BLOCK) {
      throw new EOFException("the header breaks off");
    }
    return read == BLOCK;
  }

  private void pad(long size) throws IOException {
    skip((BLOCK - size % BLOCK) % BLOCK);
  }

  private void skip(long count) throws IOException {
    in.skipNBytes(count);
  }

  private static boolean empty(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean checked(byte[] header) {
    return octal(header, 148, 8) == sum(header);
  }

  /** The sum of a header whose own sum counts as blanks. */
  private static long sum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    return sum;
  }

  private static long octal(byte[] in, int at, int length) {
    String digits = text(in, at, length).strip();
    return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
  }

  private static String shortName(byte[] header) {
    String prefix = text(header, 257, 6).startsWith("ustar") ? text(header, 345, 155) : "";
    String name = text(header, 0, NAME_LENGTH);
    boolean gnu = text(header, 257, 8).startsWith("ustar  ");
    return prefix.isEmpty() || gnu ? name : prefix + "/" + name;
  }

  private static String paxName(byte[] records, String otherwise) {
    for (String line : new String(records, StandardCharsets.UTF_8).split("\n", -1)) {
      int path = line.indexOf(" path=");
      if (path > 0) {
        return line.substring(path + " path=".length());
      }
    }
    return otherwise;
  }

  private static String text(byte[] in, int at, int length) {
    int end = at;
    while (end < at + length && in[end] != 0) {
      end++;
    }
    return new String(in, at, end - at, StandardCharsets.UTF_8);
  }

  /** Packs files by name, in the map's order. */
  static void pack(Path archive, Map<String, byte[]> files) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      for (var file : files.entrySet()) {
        out.write(header(file.getKey(), file.getValue().length));
        out.write(file.getValue());
        out.write(new byte[(BLOCK - file.getValue().length % BLOCK) % BLOCK]);
      }
      out.write(new byte[2 * BLOCK]);
    }
  }

  private static byte[] header(String name, int size) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > NAME_LENGTH) {
      throw new IOException("the name " + name + " is too long for an archive");
    }
    var header = new byte[BLOCK];
    put(header, 0, bytes);
    put(header, 100, "0000644\0000000000\0000000000\000");
    put(header, 124, String.format(Locale.ROOT, "%011o\000", size));
    put(header, 136, "00000000000\000");
    header[156] = '0';
    put(header, 257, "ustar\00000");
    put(header, 148, String.format(Locale.ROOT, "%06o\000 ", sum(header)));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    put(header, at, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void put(byte[] header, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
