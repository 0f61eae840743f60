package holter.lab.net;

/**
 * An emulated host.
 *
 * @param name what others call it; it is in every host's hosts file
 * @param nic both directions of its network card, each with a queue of its own
 */
public record HostSpec(String name, Nic nic) {
  /** A host whose NIC never is the bottleneck. */
  public static HostSpec unlimited(String name) {
    return new HostSpec(name, Nic.UNLIMITED);
  }
}
