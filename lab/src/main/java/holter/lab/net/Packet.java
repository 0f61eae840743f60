package holter.lab.net;

/** A piece of one flow on its way, in order; or the flow's end, which travels like data. */
final class Packet {
  /** An Ethernet frame's worth of TCP payload: 1500 bytes less 52 of headers. */
  static final int FRAME_BYTES = 1448;

  /** What a SYN, FIN or RST weighs. */
  static final int CONTROL_BYTES = 66;

  enum Kind {
    DATA,
    HANDSHAKE,
    FIN,
    RST
  }

  final Kind kind;
  final byte[] bytes;
  final long sentNanos = System.nanoTime();

  /** When it left the sending host's NIC. */
  volatile long crossedNanos;

  private Packet(Kind kind, byte[] bytes) {
    this.kind = kind;
    this.bytes = bytes;
  }

  static Packet data(byte[] bytes) {
    return new Packet(Kind.DATA, bytes);
  }

  static Packet control(Kind kind) {
    return new Packet(kind, new byte[0]);
  }

  int wireBytes() {
    return kind == Kind.DATA ? bytes.length : CONTROL_BYTES;
  }
}
