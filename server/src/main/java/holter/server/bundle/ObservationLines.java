package holter.server.bundle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import holter.diagnose.Observation;
import holter.server.json.CoreJson;
import holter.words.Sentence;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code observations.jsonl}: one typed observation per line. A line is read whole or not at all: a
 * key that is missing or unknown, a wrong type, a name that is none, text after the object.
 */
final class ObservationLines {
  static final String NAME = "observations.jsonl";

  static final int LINE_BYTES_MAX = 1 << 20;
  static final int LINES_MAX = 50_000;

  /** So many bad lines are told one by one. */
  private static final int TOLD_MAX = 20;

  private static final ObjectReader READER =
      CoreJson.mapper()
          .readerFor(Observation.class)
          .with(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Losses losses;
  private final List<Observation> all = new ArrayList<>();
  private int number;
  private int bad;

  private ObservationLines(Losses losses) {
    this.losses = losses;
  }

  /** What can be read; a bundle without such a file has none. */
  static List<Observation> read(Path dir, Losses losses) {
    Path file = dir.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    var lines = new ObservationLines(losses);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      lines.read(in);
    } catch (IOException broken) {
      losses.part(NAME, BundleWords.UNREADABLE, ManifestFile.reason(broken));
    }
    if (lines.bad > TOLD_MAX) {
      losses.part(NAME, BundleWords.MORE_LINES, lines.bad - TOLD_MAX);
    }
    return List.copyOf(lines.all);
  }

  private void read(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    boolean tooLong = false;
    for (int b = in.read(); ; b = in.read()) {
      if (b == '\n' || b < 0) {
        if (line.size() > 0 || tooLong) {
          if (all.size() + bad >= LINES_MAX) {
            losses.part(NAME, BundleWords.TOO_MANY, LINES_MAX);
            return;
          }
          number++;
          take(line.toByteArray(), tooLong);
        } else {
          number++;
        }
        line.reset();
        tooLong = false;
        if (b < 0) {
          return;
        }
      } else if (line.size() < LINE_BYTES_MAX) {
        line.write(b);
      } else {
        tooLong = true;
      }
    }
  }

  private void take(byte[] bytes, boolean tooLong) {
    if (tooLong) {
      bad(Sentence.of(BundleWords.LINE_TOO_LONG, LINE_BYTES_MAX));
      return;
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
      if (!text.isEmpty()) {
        all.add(READER.readValue(text));
      }
    } catch (CharacterCodingException binary) {
      bad(Sentence.of(BundleWords.BINARY));
    } catch (JacksonException wrong) {
      bad(Sentence.of(BundleWords.BAD_LINE, cut(ManifestFile.reason(wrong))));
    }
  }

  private void bad(Sentence why) {
    bad++;
    if (bad <= TOLD_MAX) {
      losses.add(Sentence.of(BundleWords.LINE, NAME, number), why);
    }
  }

  private static String cut(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }
}
