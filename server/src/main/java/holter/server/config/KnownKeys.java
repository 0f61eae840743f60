package holter.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Walks a file before it is bound and refuses the first key that no record has: a mistyped key must
 * not show up as the absence of the right one.
 */
final class KnownKeys {
  private final String file;
  private final JsonParser parser;

  KnownKeys(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  void check(Class<?> root) throws IOException {
    parser.nextToken();
    value(root, "");
  }

  private void value(Type type, String path) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT
        && type instanceof Class<?> known
        && known.isRecord()) {
      object(known, path);
    } else if (parser.currentToken() == JsonToken.START_ARRAY
        && type instanceof ParameterizedType list) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        value(list.getActualTypeArguments()[0], path);
      }
    } else {
      parser.skipChildren();
    }
  }

  private void object(Class<?> type, String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String whole = path.isEmpty() ? key : path + "." + key;
      Optional<RecordComponent> component =
          Stream.of(type.getRecordComponents()).filter(c -> c.getName().equals(key)).findFirst();
      if (component.isEmpty()) {
        throw unknown(type, key, whole);
      }
      parser.nextToken();
      value(component.get().getGenericType(), whole);
    }
  }

  private BadConfig unknown(Class<?> type, String key, String whole) {
    JsonLocation at = parser.currentTokenLocation();
    List<String> known =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getName).sorted().toList();
    String advice =
        Nearest.to(key, known)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("known here: " + String.join(", ", known));
    return BadConfig.worded(
        whole,
        "%s:%d:%d: unknown key \"%s\"; %s"
            .formatted(file, at.getLineNr(), at.getColumnNr(), whole, advice));
  }
}
