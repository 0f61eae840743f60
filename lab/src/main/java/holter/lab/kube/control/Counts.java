package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;

/** Numbers that are told as such or as a share of a whole. */
final class Counts {
  private Counts() {}

  /** Of {@code 25%} of 2: 1 when rounded up, else 0. */
  static int of(JsonNode told, int whole, boolean up) {
    String text = told.asText();
    if (!text.endsWith("%")) {
      return told.asInt();
    }
    double share = Double.parseDouble(text.substring(0, text.length() - 1)) * whole / 100;
    return (int) (up ? Math.ceil(share) : Math.floor(share));
  }
}
