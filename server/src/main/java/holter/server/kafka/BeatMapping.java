package holter.server.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import holter.engine.Input;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into beats: Holter's own by their form, all others by the first group whose place
 * of an id they have. What is neither is garbled, with the reason; nothing here throws.
 *
 * <p>Thread-safe.
 */
public final class BeatMapping {
  /** Larger records are no beats; reading them would only cost. */
  static final int MAX_BYTES = 64 * 1024;

  /** A sender's clock this far ahead of ours is not believed: its time is taken as not told. */
  static final long FUTURE_TOLERANCE_MS = 2000;

  private record Group(ForeignGroup told, @Nullable JsonPointer pointer) {}

  private final List<Group> groups;
  private final LongSupplier wallMs;
  private final KnownSenders senders = new KnownSenders();
  private final HeldDtus heldDtus;

  /**
   * Hears beats only.
   *
   * @param groups foreign senders, tried in this order
   * @param wallMs our wall clock, in milliseconds
   */
  public BeatMapping(List<ForeignGroup> groups, LongSupplier wallMs) {
    this(groups, wallMs, (beat, count, digest) -> {});
  }

  /**
   * @param groups foreign senders, tried in this order
   * @param wallMs our wall clock, in milliseconds
   * @param heldDtus takes what beats tell of registrations
   */
  public BeatMapping(List<ForeignGroup> groups, LongSupplier wallMs, HeldDtus heldDtus) {
    this.wallMs = wallMs;
    this.heldDtus = heldDtus;
    var compiled = new ArrayList<Group>();
    for (ForeignGroup group : groups) {
      JsonPointer pointer =
          group.from() instanceof IdFrom.Json(String path) ? JsonPointer.compile(path) : null;
      compiled.add(new Group(group, pointer));
    }
    this.groups = List.copyOf(compiled);
  }

  /** A record of the heartbeat topic. */
  public Input map(ReadRecord read) {
    long now = wallMs.getAsLong();
    var place =
        new Beat.Place(read.partition(), read.offset(), trusted(read.timestampWallMs(), now));
    try {
      ByteBuffer value = read.value();
      if (value == null) {
        throw new GarbledBeat("no value");
      }
      if (value.remaining() > MAX_BYTES) {
        throw new GarbledBeat("larger than " + MAX_BYTES + " bytes");
      }
      Beat swift = swift(value, place, now);
      if (swift != null) {
        return new Input.Heard(swift);
      }
      byte[] bytes = bytes(value);
      Beat own = own(bytes, place, now, read.key() == null);
      return new Input.Heard(own != null ? own : foreign(read, bytes, place));
    } catch (GarbledBeat why) {
      return new Input.Garbled(read.partition(), read.offset(), String.valueOf(why.getMessage()));
    }
  }

  /** One of Holter's beats that came by HTTP. */
  public Input mapHttp(byte[] body) {
    try {
      Beat own =
          body.length > MAX_BYTES ? null : own(body, Beat.Place.HTTP, wallMs.getAsLong(), true);
      if (own == null) {
        throw new GarbledBeat("not one of Holter's beats");
      }
      return new Input.Heard(own);
    } catch (GarbledBeat why) {
      return new Input.Garbled(-1, -1, String.valueOf(why.getMessage()));
    }
  }

  private @Nullable Beat swift(ByteBuffer value, Beat.Place place, long now) {
    if (!value.hasArray()) {
      return null;
    }
    var parser =
        new SwiftParser(value.array(), value.arrayOffset() + value.position(), value.remaining());
    Beat beat = parser.read(senders, place, now);
    if (beat != null && parser.dtuCount() >= 0) {
      heldDtus.told(beat, parser.dtuCount(), parser.dtuDigest());
    }
    return beat;
  }

  /** The beat, when this is one of ours; null when it is someone else's record. */
  private @Nullable Beat own(byte[] bytes, Beat.Place place, long now, boolean onlyOurs)
      throws GarbledBeat {
    boolean looksLikeOurs = startsLikeOurs(bytes);
    try (JsonParser in = BeatParser.JSON.createParser(bytes)) {
      var parser = new BeatParser(in);
      try {
        parser.read();
      } catch (GarbledBeat | JsonProcessingException broken) {
        if (parser.holters() || looksLikeOurs || (onlyOurs && groups.isEmpty())) {
          throw garbled(broken);
        }
        return null;
      }
      if (!parser.holters()) {
        return null;
      }
      Beat beat = parser.beat(place, now);
      if (parser.dtuCount() >= 0) {
        heldDtus.told(beat, parser.dtuCount(), parser.dtuDigest());
      }
      return beat;
    } catch (IOException impossible) {
      throw new IllegalStateException("reading from memory failed", impossible);
    }
  }

  private Beat foreign(ReadRecord read, byte[] bytes, Beat.Place place) throws GarbledBeat {
    for (Group group : groups) {
      String id = id(group, read, bytes);
      if (id != null) {
        SenderKind kind =
            read.key() == null ? SenderKind.FOREIGN_KEYLESS : SenderKind.FOREIGN_KEYED;
        var sender = new Beat.Sender(id(id), Incarnation.NONE, kind);
        long intervalMs = group.told().interval().toMillis();
        return new Beat(sender, -1, intervalMs, place, 0, -1, false, List.of(), "", "");
      }
    }
    throw new GarbledBeat(
        groups.isEmpty()
            ? "not one of Holter's beats, and no group maps others"
            : "no group's id in it");
  }

  private static @Nullable String id(Group group, ReadRecord read, byte[] bytes)
      throws GarbledBeat {
    return switch (group.told().from()) {
      case IdFrom.Key() -> read.key() == null ? null : utf8(bytes(read.key()));
      case IdFrom.Header(String name) -> header(read.headers(), name);
      case IdFrom.Json json -> group.pointer() == null ? null : at(group.pointer(), bytes);
    };
  }

  private static @Nullable String header(Header[] headers, String name) throws GarbledBeat {
    for (Header header : headers) {
      if (header.key().equals(name) && header.value() != null) {
        return utf8(header.value());
      }
    }
    return null;
  }

  private static @Nullable String at(JsonPointer pointer, byte[] bytes) {
    try (JsonParser in = BeatParser.JSON.createParser(bytes)) {
      in.nextToken();
      return find(in, pointer);
    } catch (IOException notJson) {
      return null;
    }
  }

  /**
   * The scalar that the pointer leads to from the parser's present value; null when there is none.
   */
  private static @Nullable String find(JsonParser in, JsonPointer pointer) throws IOException {
    if (pointer.matches()) {
      JsonToken here = in.currentToken();
      return here != null && here.isScalarValue() && here != JsonToken.VALUE_NULL
          ? in.getText()
          : null;
    }
    boolean object = in.currentToken() == JsonToken.START_OBJECT;
    if (!object && in.currentToken() != JsonToken.START_ARRAY) {
      return null;
    }
    for (int index = 0; ; index++) {
      String name = object ? in.nextFieldName() : "";
      if (name == null || in.nextToken() == null || in.currentToken() == JsonToken.END_ARRAY) {
        return null;
      }
      JsonPointer deeper = object ? pointer.matchProperty(name) : pointer.matchElement(index);
      if (deeper != null) {
        return find(in, deeper);
      }
      in.skipChildren();
    }
  }

  static InstanceId id(String text) throws GarbledBeat {
    try {
      return new InstanceId(text);
    } catch (IllegalArgumentException nonsense) {
      throw new GarbledBeat(String.valueOf(nonsense.getMessage()));
    }
  }

  static long trusted(long toldMs, long nowMs) {
    return toldMs < 0 || toldMs > nowMs + FUTURE_TOLERANCE_MS ? 0 : toldMs;
  }

  private static boolean startsLikeOurs(byte[] bytes) {
    byte[] start = "{\"v\":".getBytes(StandardCharsets.UTF_8);
    return bytes.length >= start.length
        && java.util.Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static GarbledBeat garbled(Exception broken) {
    return broken instanceof GarbledBeat told ? told : new GarbledBeat("not JSON to its end");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static String utf8(byte[] bytes) throws GarbledBeat {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new GarbledBeat("its id is not UTF-8");
    }
  }
}
