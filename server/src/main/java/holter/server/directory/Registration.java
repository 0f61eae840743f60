package holter.server.directory;

/**
 * One announcement that an instance serves a DTU, as docs/wire.md has it.
 *
 * @param dtu the DTU's id
 * @param instance who serves it
 * @param fence session, life and sequence: what orders announcements of one DTU
 * @param address where the instance takes the DTU
 * @param up false when the connection ended
 * @param announcedWallMs by the announcer's clock; never used for order
 */
public record Registration(
    String dtu,
    String instance,
    Route.Fence fence,
    String address,
    boolean up,
    long announcedWallMs) {}
