package holter.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${env:NAME}} and {@code ${file:/path}} in every value while it is parsed. */
final class Placeholders extends JsonParserDelegate {
  private static final Pattern PLACE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  /** Where the values come from. */
  interface Lookup {
    @Nullable String env(String name);

    String file(Path path) throws IOException;

    /** The process's environment and file system. */
    Lookup SYSTEM =
        new Lookup() {
          @Override
          public @Nullable String env(String name) {
            return System.getenv(name);
          }

          @Override
          public String file(Path path) throws IOException {
            return Files.readString(path).strip();
          }
        };
  }

  private final Lookup lookup;
  private @Nullable JsonLocation lastKey;

  Placeholders(JsonParser parser, Lookup lookup) {
    super(parser);
    this.lookup = lookup;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (token == JsonToken.FIELD_NAME) {
      lastKey = super.currentTokenLocation();
    }
    return token;
  }

  /** Where the last key stands: the parser itself has read on when a mistake is noticed. */
  @Override
  public @Nullable JsonLocation currentLocation() {
    return lastKey == null ? super.currentLocation() : lastKey;
  }

  @Override
  public @Nullable String getText() throws IOException {
    String text = super.getText();
    return currentToken() == JsonToken.VALUE_STRING && text != null ? fill(text) : text;
  }

  @Override
  public @Nullable String getValueAsString() throws IOException {
    return currentToken() == JsonToken.VALUE_STRING ? getText() : super.getValueAsString();
  }

  @Override
  public @Nullable String getValueAsString(@Nullable String otherwise) throws IOException {
    return currentToken() == JsonToken.VALUE_STRING ? getText() : super.getValueAsString(otherwise);
  }

  @Override
  public boolean hasTextCharacters() {
    return false;
  }

  private String fill(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), place.group(2))));
  }

  private String value(String kind, String name) {
    if (kind.equals("env")) {
      String value = lookup.env(name);
      if (value == null) {
        throw BadConfig.worded(
            name, "${env:" + name + "} is not set; set the variable or write the value");
      }
      return value;
    }
    try {
      return lookup.file(Path.of(name));
    } catch (IOException | RuntimeException unreadable) {
      throw BadConfig.worded(
          name,
          "${file:"
              + name
              + "} cannot be read; "
              + unreadable.getClass().getSimpleName()
              + "; make the file readable to Holter or write the value");
    }
  }
}
