package holter.agent;

import java.nio.charset.StandardCharsets;

/** Writes one JSON text, members in the order they are put. Not thread-safe. */
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out;
  private boolean first = true;

  JsonWriter(int expectedChars) {
    out = new StringBuilder(expectedChars);
  }

  JsonWriter open() {
    comma();
    out.append('{');
    first = true;
    return this;
  }

  JsonWriter open(String key) {
    key(key);
    out.append('{');
    first = true;
    return this;
  }

  JsonWriter close() {
    out.append('}');
    first = false;
    return this;
  }

  JsonWriter openList(String key) {
    key(key);
    out.append('[');
    first = true;
    return this;
  }

  JsonWriter closeList() {
    out.append(']');
    first = false;
    return this;
  }

  JsonWriter put(String key, long value) {
    key(key);
    out.append(value);
    return this;
  }

  JsonWriter put(String key, boolean value) {
    key(key);
    out.append(value);
    return this;
  }

  JsonWriter put(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void key(String key) {
    comma();
    quote(key);
    out.append(':');
    first = false;
  }

  private void comma() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quote(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
        escape(c);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xf));
    }
  }
}
