package holter.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import holter.server.text.Tongue;
import holter.words.Arg;
import holter.words.Phrase;
import holter.words.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Sentences as {@code {"key":"detect.HoldReason.BUDGET","args":[],"text":"…"}}. Where a gap holds
 * another sentence, {@code args} has its text and {@code said} has it by the gap's number. A key
 * that this version does not know (a phrase was renamed since it was stored) comes back as a quote
 * of its text, as does a plain string from the time when some sentences were strings; so nothing
 * that was written is lost.
 */
final class SentenceJson {
  private static final String ROOT = "holter.";
  private static final ConcurrentMap<String, Optional<Phrase>> KNOWN = new ConcurrentHashMap<>();

  private SentenceJson() {}

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
      for (Arg arg : sentence.args()) {
        json.writeString(say(tongue, arg));
      }
      json.writeEndArray();
      json.writeStringField("text", say(tongue, sentence));
      inner(sentence, json, provider);
      json.writeEndObject();
    }

    private void inner(Sentence sentence, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (sentence.args().stream().noneMatch(Sentence.class::isInstance)) {
        return;
      }
      json.writeObjectFieldStart("said");
      for (int gap = 0; gap < sentence.args().size(); gap++) {
        if (sentence.args().get(gap) instanceof Sentence inner) {
          json.writeFieldName(Integer.toString(gap));
          serialize(inner, json, provider);
        }
      }
      json.writeEndObject();
    }

    private static String say(@Nullable Object tongue, Arg arg) {
      return tongue instanceof Tongue asked ? asked.say(arg) : Sentence.said(arg, Phrase::english);
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
      return sentence(node);
    }

    private static Sentence sentence(JsonNode node) {
      if (node.isTextual()) {
        return Sentence.quote(node.asText());
      }
      Optional<Phrase> phrase =
          KNOWN.computeIfAbsent(node.path("key").asText(), SentenceJson::phrase);
      if (phrase.isEmpty()) {
        return Sentence.quote(node.path("text").asText());
      }
      List<Arg> args = new ArrayList<>();
      for (JsonNode arg : node.path("args")) {
        JsonNode inner = node.path("said").path(Integer.toString(args.size()));
        args.add(inner.isObject() ? sentence(inner) : new Arg.Plain(arg.asText()));
      }
      return new Sentence(phrase.get(), args);
    }
  }

  private static String key(Phrase phrase) {
    String type =
        phrase instanceof Enum<?> constant
            ? constant.getDeclaringClass().getName()
            : phrase.getClass().getName();
    return type.substring(type.startsWith(ROOT) ? ROOT.length() : 0) + "." + phrase.name();
  }

  private static Optional<Phrase> phrase(String key) {
    int dot = key.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    try {
      Class<?> type = Class.forName(ROOT + key.substring(0, dot));
      if (type.isEnum() && Phrase.class.isAssignableFrom(type)) {
        for (Object constant : type.getEnumConstants()) {
          if (constant instanceof Phrase phrase && phrase.name().equals(key.substring(dot + 1))) {
            return Optional.of(phrase);
          }
        }
      }
    } catch (ClassNotFoundException | LinkageError unknown) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
