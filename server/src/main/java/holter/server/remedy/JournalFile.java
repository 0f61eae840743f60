package holter.server.remedy;

import com.fasterxml.jackson.core.JsonProcessingException;
import holter.remedy.Entry;
import holter.server.json.CoreJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A journal as a file, one line each: an entry, and a digest of it and of the line before, so that
 * nothing in the middle can be changed unseen. A line that a crash cut short was never acted on and
 * is dropped. Used by one thread.
 */
final class JournalFile implements Journal {
  private final Path file;
  private final List<Entry> entries = new ArrayList<>();
  private String last = "";

  /** One line. */
  private record Line(Entry entry, String chain) {}

  JournalFile(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      String text = Files.readString(file);
      int whole = text.lastIndexOf('\n') + 1;
      if (whole < text.length()) {
        Files.writeString(file, text.substring(0, whole));
      }
      for (String line : text.substring(0, whole).lines().toList()) {
        read(line);
      }
    }
  }

  private void read(String text) throws IOException {
    Line line = CoreJson.mapper().readValue(text, Line.class);
    if (!line.chain().equals(chain(line.entry()))) {
      throw new IOException(
          "line %d of %s is not what was written".formatted(entries.size() + 1, file));
    }
    entries.add(line.entry());
    last = line.chain();
  }

  private String chain(Entry entry) throws JsonProcessingException {
    try {
      byte[] text =
          (last + CoreJson.mapper().writeValueAsString(entry)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  @Override
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void add(Entry entry) {
    try (FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      String chain = chain(entry);
      String line = CoreJson.mapper().writeValueAsString(new Line(entry, chain)) + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
      entries.add(entry);
      last = chain;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
