package holter.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import holter.server.text.Tongue;
import holter.words.Phrase;
import holter.words.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sentences as {@code {"key":"detect.HoldReason.BUDGET","args":[],"text":"…"}}. A key that this
 * version does not know (a phrase was renamed since it was stored) comes back as {@link
 * Quoted#TEXT}, so nothing that was written is lost.
 */
final class SentenceJson {
  private static final String ROOT = "holter.";
  private static final ConcurrentMap<String, Phrase> KNOWN = new ConcurrentHashMap<>();

  private SentenceJson() {}

  /** What was said by a phrase that this version does not have. */
  enum Quoted implements Phrase {
    TEXT("{0}");

    private final String english;

    Quoted(String english) {
      this.english = english;
    }

    @Override
    public String english() {
      return english;
    }
  }

  static final class Writer extends StdSerializer<Sentence> {
    Writer() {
      super(Sentence.class);
    }

    @Override
    public void serialize(Sentence sentence, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      Object tongue = provider.getAttribute(CoreJson.TONGUE);
      json.writeStartObject();
      json.writeStringField("key", key(sentence.phrase()));
      json.writeArrayFieldStart("args");
      for (String arg : sentence.args()) {
        json.writeString(arg);
      }
      json.writeEndArray();
      json.writeStringField(
          "text", tongue instanceof Tongue asked ? asked.say(sentence) : sentence.english());
      json.writeEndObject();
    }
  }

  static final class Reader extends StdDeserializer<Sentence> {
    Reader() {
      super(Sentence.class);
    }

    @Override
    public Sentence deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode node = parser.readValueAsTree();
      Phrase phrase = KNOWN.computeIfAbsent(node.path("key").asText(), SentenceJson::phrase);
      if (phrase == Quoted.TEXT) {
        return Sentence.of(Quoted.TEXT, node.path("text").asText());
      }
      List<String> args = new ArrayList<>();
      node.path("args").forEach(arg -> args.add(arg.asText()));
      return new Sentence(phrase, args);
    }
  }

  private static String key(Phrase phrase) {
    String type =
        phrase instanceof Enum<?> constant
            ? constant.getDeclaringClass().getName()
            : phrase.getClass().getName();
    return type.substring(type.startsWith(ROOT) ? ROOT.length() : 0) + "." + phrase.name();
  }

  private static Phrase phrase(String key) {
    int dot = key.lastIndexOf('.');
    if (dot < 0) {
      return Quoted.TEXT;
    }
    try {
      Class<?> type = Class.forName(ROOT + key.substring(0, dot));
      if (type.isEnum() && Phrase.class.isAssignableFrom(type)) {
        for (Object constant : type.getEnumConstants()) {
          if (constant instanceof Phrase phrase && phrase.name().equals(key.substring(dot + 1))) {
            return phrase;
          }
        }
      }
    } catch (ClassNotFoundException | LinkageError unknown) {
      return Quoted.TEXT;
    }
    return Quoted.TEXT;
  }
}
