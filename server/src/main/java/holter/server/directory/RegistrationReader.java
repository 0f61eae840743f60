package holter.server.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Reads registrations from JSON; unknown keys are ignored, missing ones make it garbled. */
public final class RegistrationReader {
  /** Larger is garbled: a registration is some 300 bytes. */
  private static final int BYTES_MAX = 64 * 1024;

  private static final int ID_MAX = 200;
  private static final int ADDRESS_MAX = 255;

  private final ObjectMapper json = new ObjectMapper();

  /** Why a record cannot be read as a registration. */
  public static final class Garbled extends Exception {
    Garbled(String why) {
      super(why);
    }
  }

  /** Reads one. */
  public Registration read(byte[] bytes) throws Garbled {
    if (bytes.length > BYTES_MAX) {
      throw new Garbled("larger than " + BYTES_MAX + " bytes");
    }
    JsonNode node;
    try {
      node = json.readTree(bytes);
    } catch (IOException | RuntimeException broken) {
      throw new Garbled("not JSON");
    }
    if (node == null || !"registration".equals(node.path("kind").asText())) {
      throw new Garbled("kind is not registration");
    }
    String state = text(node, "state", 8);
    if (!state.equals("up") && !state.equals("down")) {
      throw new Garbled("state is neither up nor down");
    }
    JsonNode incarnation = node.path("incarnation");
    return new Registration(
        text(node, "dtu", ID_MAX),
        text(node, "instance", ID_MAX),
        new Route.Fence(
            number(node, "sessionEpoch"), number(incarnation, "n"), number(node, "seq")),
        node.path("address").asText("").length() > ADDRESS_MAX
            ? ""
            : node.path("address").asText(""),
        state.equals("up"),
        node.path("announcedWallMs").asLong(0));
  }

  private static String text(JsonNode node, String key, int max) throws Garbled {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > max) {
      throw new Garbled(key + " is missing or no text of up to " + max + " characters");
    }
    if (value.asText().chars().anyMatch(Character::isISOControl)) {
      throw new Garbled(key + " has control characters");
    }
    return value.asText();
  }

  private static long number(JsonNode node, String key) throws Garbled {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw new Garbled(key + " is missing or no whole number");
    }
    return value.asLong();
  }
}
