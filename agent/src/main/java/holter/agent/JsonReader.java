package holter.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object: the orchestrator's answers and our own spool. Objects become maps, lists
 * lists, whole numbers {@link Long}, others {@link Double}; a member that is null is left out.
 * Nesting is bounded to 16.
 */
final class JsonReader {
  private static final int DEPTH_MAX = 16;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The object that the text is.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Map<String, Object> object(String text) {
    var reader = new JsonReader(text);
    reader.space();
    Map<String, Object> value = reader.readObject();
    reader.space();
    if (reader.at != text.length()) {
      throw reader.bad("end");
    }
    return value;
  }

  private Map<String, Object> readObject() {
    enter('{');
    Map<String, Object> members = new LinkedHashMap<>();
    if (!taken('}')) {
      do {
        space();
        String key = readString();
        space();
        need(':');
        space();
        if (!takenNull()) {
          members.put(key, readValue());
        }
        space();
      } while (taken(','));
      need('}');
    }
    depth--;
    return members;
  }

  private List<Object> readList() {
    enter('[');
    List<Object> items = new ArrayList<>();
    if (!taken(']')) {
      do {
        space();
        items.add(readValue());
        space();
      } while (taken(','));
      need(']');
    }
    depth--;
    return items;
  }

  private Object readValue() {
    char c = peek();
    if (c == '{') {
      return readObject();
    }
    if (c == '[') {
      return readList();
    }
    if (c == '"') {
      return readString();
    }
    if (takenWord("true")) {
      return true;
    }
    if (takenWord("false")) {
      return false;
    }
    return readNumber();
  }

  private String readString() {
    need('"');
    var out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c < 0x20) {
        throw bad("a printable character");
      }
      out.append(c == '\\' ? readEscape() : c);
    }
    at++;
    return out.toString();
  }

  private char readEscape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> readHex();
      default -> throw bad("an escape");
    };
  }

  private char readHex() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw bad("a hex digit");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private Object readNumber() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    try {
      return Long.valueOf(number);
    } catch (NumberFormatException notWhole) {
      try {
        return Double.valueOf(number);
      } catch (NumberFormatException notANumber) {
        throw bad("a value");
      }
    }
  }

  private void enter(char opening) {
    need(opening);
    if (++depth > DEPTH_MAX) {
      throw bad("less nesting");
    }
    space();
  }

  private boolean takenNull() {
    return takenWord("null");
  }

  private boolean takenWord(String word) {
    boolean there = text.startsWith(word, at);
    if (there) {
      at += word.length();
    }
    return there;
  }

  private boolean taken(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void need(char c) {
    if (!taken(c)) {
      throw bad("'" + c + "'");
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw bad("more text");
    }
    return text.charAt(at);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException bad(String wanted) {
    return new IllegalArgumentException("not JSON: " + wanted + " wanted at character " + at);
  }
}
