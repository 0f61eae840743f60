package holter.lab.net;

/**
 * One direction between two hosts.
 *
 * @param sender the host whose bytes these are
 * @param egress the sender's NIC
 * @param ingress the receiver's NIC
 * @param link what lies between them
 */
record Way(String sender, Shaper egress, Shaper ingress, Link link) {
  private static final int CHUNK_BYTES_MAX = 64 << 10;
  private static final double CHUNK_SECONDS = 0.005;

  /**
   * How much to take at once: 5 ms worth of the slower NIC, so that the queue stays fine-grained.
   */
  int chunkBytes() {
    return Math.min(chunkBytes(egress.nic()), chunkBytes(ingress.nic()));
  }

  private static int chunkBytes(Nic nic) {
    return nic.unlimited()
        ? CHUNK_BYTES_MAX
        : Math.clamp(
            (long) (nic.bytesPerSecond() * CHUNK_SECONDS), Packet.FRAME_BYTES, CHUNK_BYTES_MAX);
  }
}
