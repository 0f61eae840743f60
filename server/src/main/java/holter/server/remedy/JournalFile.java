package holter.server.remedy;

import com.fasterxml.jackson.core.JsonProcessingException;
import holter.remedy.JournalEntry;
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
 * is dropped. Reading changes nothing; whoever adds holds the folder's turn. Used by one thread.
 */
final class JournalFile implements Journal {
  private final Path file;
  private final List<JournalEntry> entries = new ArrayList<>();
  private String last = "";

  /** Bytes of whole lines. */
  private long length;

  /** One line. */
  private record Line(JournalEntry entry, String chain) {}

  JournalFile(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      for (String line : whole.lines().toList()) {
        read(line);
      }
      length = whole.getBytes(StandardCharsets.UTF_8).length;
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

  private String chain(JournalEntry entry) throws JsonProcessingException {
    try {
      byte[] text =
          (last + CoreJson.mapper().writeValueAsString(entry)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  @Override
  public List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void add(JournalEntry entry) {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      String chain = chain(entry);
      String line = CoreJson.mapper().writeValueAsString(new Line(entry, chain)) + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      out.truncate(length).position(length); // a line that was cut short is written over
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
      length = out.position();
      entries.add(entry);
      last = chain;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
