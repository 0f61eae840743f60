package holter.server.kafka;

/** Where a foreign beat says who sent it. */
public sealed interface IdFrom {
  /** The record's key is the instance id. */
  record Key() implements IdFrom {}

  /** A header's value is the instance id. */
  record Header(String name) implements IdFrom {}

  /** A JSON pointer (RFC 6901) into the value leads to the instance id. */
  record Json(String pointer) implements IdFrom {}

  /**
   * Reads {@code key}, {@code header:NAME} or {@code json:/pointer}.
   *
   * @throws IllegalArgumentException in the user's words, when it is none of them
   */
  static IdFrom parse(String text) {
    if (text.equals("key")) {
      return new Key();
    }
    if (text.startsWith("header:") && text.length() > "header:".length()) {
      return new Header(text.substring("header:".length()));
    }
    if (text.startsWith("json:/") && text.length() > "json:/".length()) {
      return new Json(text.substring("json:".length()));
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" names no place of an id; write key, header:NAME or json:/pointer");
  }
}
