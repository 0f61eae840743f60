package holter.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message about a DTU.
 *
 * @param dtu the DTU's id
 * @param instance who serves it
 * @param incarnation the life that says so
 * @param seq +1 per message of that life
 * @param sessionEpoch of the DTU's connection: the fence
 * @param address where the DTU's data goes
 * @param up whether it is served; false takes it back
 */
public record Registration(
    String dtu,
    String instance,
    Incarnation incarnation,
    long seq,
    long sessionEpoch,
    String address,
    boolean up) {

  /** The message on the wire; {@code docs/schema/registration.schema.json} describes it. */
  byte[] encode(long announcedWallMs) {
    var json = new JsonWriter(300);
    json.open().put("v", 1).put("kind", "registration").put("dtu", dtu).put("instance", instance);
    json.open("incarnation").put("n", incarnation.n()).put("boot", incarnation.boot()).close();
    json.put("seq", seq).put("sessionEpoch", sessionEpoch).put("address", address);
    json.put("state", up ? "up" : "down").put("announcedWallMs", announcedWallMs);
    return json.close().bytes();
  }

  /** Reads what {@link #encode} wrote; null when it is something else. */
  static @Nullable Registration decode(Map<String, Object> json) {
    if (json.get("dtu") instanceof String dtu
        && json.get("instance") instanceof String instance
        && json.get("incarnation") instanceof Map<?, ?> life
        && life.get("n") instanceof Long n
        && life.get("boot") instanceof String boot
        && json.get("seq") instanceof Long seq
        && json.get("sessionEpoch") instanceof Long epoch
        && json.get("address") instanceof String address
        && json.get("state") instanceof String state) {
      boolean up = state.equals("up");
      return new Registration(dtu, instance, new Incarnation(n, boot), seq, epoch, address, up);
    }
    return null;
  }

  Registration withSeq(long next) {
    return new Registration(dtu, instance, incarnation, next, sessionEpoch, address, up);
  }
}
