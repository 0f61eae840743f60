package holter.lab.net;

/** A host that does not exist, as the lab sees it. */
public final class EmulatedHost implements AutoCloseable {
  private final String name;
  private final int index;
  private final Shaper egress;
  private final Shaper ingress;

  EmulatedHost(HostSpec spec, int index) {
    this.name = spec.name();
    this.index = index;
    this.egress = new Shaper(name + "-out", spec.nic());
    this.ingress = new Shaper(name + "-in", spec.nic());
  }

  public String name() {
    return name;
  }

  int index() {
    return index;
  }

  /** What the host sends. */
  public Shaper egress() {
    return egress;
  }

  /** What the host receives. */
  public Shaper ingress() {
    return ingress;
  }

  /** Replaces rate and depth of both directions. */
  public void nic(Nic nic) {
    egress.set(nic);
    ingress.set(nic);
  }

  @Override
  public void close() {
    egress.close();
    ingress.close();
  }
}
