package holter.server.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import holter.channel.PathState;
import holter.detect.ProbeOutcome;
import holter.diagnose.Fact;
import holter.fleet.InstanceId;
import holter.remedy.Act;
import holter.server.text.Tongue;
import holter.words.Sentence;
import java.util.List;

/**
 * The core's records as JSON. Sealed types carry their name in {@code type}; sentences their key,
 * arguments and text; instance ids are plain strings. Unknown keys are ignored on reading, so that
 * an older Holter reads a newer one's store.
 */
public final class CoreJson {
  /** The attribute that chooses the language of every sentence's text. */
  static final Object TONGUE = Tongue.class;

  private static final List<Class<?>> SEALED =
      List.of(Fact.class, PathState.class, ProbeOutcome.class, Act.class);

  private static final ObjectMapper MAPPER = build();

  private CoreJson() {}

  /** The one mapper; thread-safe. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** A writer whose sentences speak this language. */
  public static ObjectWriter writer(Tongue tongue) {
    return MAPPER.writer().withAttribute(TONGUE, tongue);
  }

  private static ObjectMapper build() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Sentence.class, new SentenceJson.Writer());
    module.addDeserializer(Sentence.class, new SentenceJson.Reader());
    module.setMixInAnnotation(InstanceId.class, PlainText.class);
    JsonMapper.Builder builder = JsonMapper.builder().addModule(module);
    for (Class<?> sealed : SEALED) {
      builder.addMixIn(sealed, Named.class);
      name(sealed, builder);
    }
    return builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  private static void name(Class<?> sealed, JsonMapper.Builder builder) {
    for (Class<?> permitted : List.of(sealed.getPermittedSubclasses())) {
      if (permitted.isSealed()) {
        name(permitted, builder);
      } else {
        builder.registerSubtypes(new NamedType(permitted, permitted.getSimpleName()));
      }
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Named {}

  private abstract static class PlainText {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    PlainText(@SuppressWarnings("unused") String value) {}

    @JsonValue
    abstract String value();
  }
}
