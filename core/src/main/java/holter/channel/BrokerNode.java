package holter.channel;

/** A broker as metadata names it: its id and the address it advertises. */
public record BrokerNode(int id, String host, int port) {
  public String address() {
    return host + ":" + port;
  }
}
