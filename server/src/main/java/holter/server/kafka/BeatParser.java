package holter.server.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.SendResult;
import holter.fleet.SenderKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one of Holter's own beats, as docs/wire.md words it, in one pass. Unknown keys are skipped;
 * a missing or nonsensical required key is a {@link GarbledBeat}. One instance reads one beat.
 */
final class BeatParser {
  static final JsonFactory JSON = new JsonFactory();

  static final int MAX_RESULTS = 1024;
  static final int MAX_TEXT = 512;
  static final long MAX_INTERVAL_MS = 86_400_000;

  private final JsonParser in;
  private String kind = "";
  private String instance = "";
  private String boot = "";
  private String answerAt = "";
  private String host = "";
  private long counter = -1;
  private long seq = -1;
  private long intervalMs = -1;
  private long sentWallMs;
  private long work = -1;
  private boolean planned;
  private int dtus = -1;
  private int digest;
  private List<SendResult> results = List.of();

  BeatParser(JsonParser in) {
    this.in = in;
  }

  /** Whether the record says of itself that it is one of Holter's beats; known after reading. */
  boolean holters() {
    return kind.equals("beat");
  }

  /** Reads the object to its end, or until it cannot be read any further. */
  void read() throws IOException, GarbledBeat {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new GarbledBeat("not a JSON object");
    }
    for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
      in.nextToken();
      field(key);
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new GarbledBeat("the JSON object does not end");
    }
  }

  /** The beat that was read. */
  Beat beat(Beat.Place place, long wallNowMs) throws GarbledBeat {
    require(counter >= 0, "incarnation.n");
    require(seq >= 0, "seq");
    require(intervalMs > 0 && intervalMs <= MAX_INTERVAL_MS, "intervalMs");
    var sender =
        new Beat.Sender(BeatMapping.id(instance), new Incarnation(counter, boot), SenderKind.AGENT);
    return new Beat(
        sender,
        seq,
        intervalMs,
        place,
        BeatMapping.trusted(sentWallMs, wallNowMs),
        work,
        planned,
        results,
        answerAt,
        host);
  }

  private void field(String key) throws IOException, GarbledBeat {
    switch (key) {
      case "kind" -> kind = text(key);
      case "instance" -> instance = text(key);
      case "incarnation" -> incarnation();
      case "seq" -> seq = number(key);
      case "intervalMs" -> intervalMs = number(key);
      case "sentWallMs" -> sentWallMs = number(key);
      case "work" -> work = number(key);
      case "planned" -> planned = in.currentToken() == JsonToken.VALUE_TRUE;
      case "results" -> results = results();
      case "dtus" -> dtus();
      case "answerAt" -> answerAt = text(key);
      case "host" -> host = text(key);
      default -> in.skipChildren();
    }
  }

  /** How many DTUs the sender holds, −1 when it does not tell. */
  int dtuCount() {
    return dtus;
  }

  /** The digest of the DTUs that the sender holds. */
  int dtuDigest() {
    return digest;
  }

  private void dtus() throws IOException, GarbledBeat {
    require(in.currentToken() == JsonToken.START_OBJECT, "dtus");
    for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
      in.nextToken();
      switch (key) {
        case "count" -> {
          long count = number("dtus.count");
          require(count >= 0 && count <= Integer.MAX_VALUE, "dtus.count");
          dtus = (int) count;
        }
        case "digest" -> digest = hex(text("dtus.digest"));
        default -> in.skipChildren();
      }
    }
  }

  private static int hex(String digits) throws GarbledBeat {
    try {
      return Integer.parseUnsignedInt(digits, 16);
    } catch (NumberFormatException nonsense) {
      throw new GarbledBeat("dtus.digest is not up to eight hex digits");
    }
  }

  private void incarnation() throws IOException, GarbledBeat {
    require(in.currentToken() == JsonToken.START_OBJECT, "incarnation");
    for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
      in.nextToken();
      switch (key) {
        case "n" -> counter = number("incarnation.n");
        case "boot" -> boot = text("incarnation.boot");
        default -> in.skipChildren();
      }
    }
  }

  private List<SendResult> results() throws IOException, GarbledBeat {
    require(in.currentToken() == JsonToken.START_ARRAY, "results");
    var read = new ArrayList<SendResult>();
    while (in.nextToken() == JsonToken.START_OBJECT) {
      if (read.size() == MAX_RESULTS) {
        throw new GarbledBeat("more than " + MAX_RESULTS + " results");
      }
      SendResult result = result();
      if (result.partition() >= 0) {
        read.add(result); // −1: sent before the partitions were known; it speaks of no path
      }
    }
    require(in.currentToken() == JsonToken.END_ARRAY, "results");
    return read;
  }

  private SendResult result() throws IOException, GarbledBeat {
    long partition = -1;
    long of = -1;
    long ackMs = -1;
    String error = "";
    for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
      in.nextToken();
      switch (key) {
        case "p" -> partition = number("results.p");
        case "seq" -> of = number("results.seq");
        case "ackMs" -> ackMs = number("results.ackMs");
        case "error" -> error = text("results.error");
        default -> in.skipChildren();
      }
    }
    require(partition >= -1 && partition <= Integer.MAX_VALUE, "results.p");
    require(of >= 0, "results.seq");
    require(ackMs >= 0 || !error.isEmpty(), "results.ackMs or error");
    return new SendResult((int) partition, of, error.isEmpty() ? ackMs : -1, error);
  }

  private long number(String key) throws IOException, GarbledBeat {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return -1;
    }
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
        || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new GarbledBeat(key + " is not a whole number");
    }
    return in.getLongValue();
  }

  private String text(String key) throws IOException, GarbledBeat {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    if (in.currentToken() != JsonToken.VALUE_STRING || in.getTextLength() > MAX_TEXT) {
      throw new GarbledBeat(key + " is not a text of at most " + MAX_TEXT + " characters");
    }
    return in.getText();
  }

  private static void require(boolean sane, String key) throws GarbledBeat {
    if (!sane) {
      throw new GarbledBeat(key + " is missing or makes no sense");
    }
  }
}
