package holter.server.probe;

import holter.detect.ProbeWords;
import holter.words.Sentence;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where instances may be asked. Addresses come in beats, which anyone may write who can write the
 * topic: so only plain HTTP to allowed networks, decided on the resolved address, which is the one
 * that is then connected to.
 */
public final class AllowList {
  private static final class Network {
    private final byte[] address;
    private final int bits;

    Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((other[bit / 8] & mask) != (address[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /** An address that may be asked. */
  public record Target(InetAddress address, int port) {
    /** The base URL with the address in place of the name. */
    public URI url(String path) {
      String host = address.getHostAddress();
      String literal = host.indexOf(':') >= 0 ? "[" + host.replaceFirst("%.*", "") + "]" : host;
      return URI.create("http://" + literal + ":" + port + path);
    }
  }

  /** Why an address is not asked: one line for the audit. */
  public static final class NotAllowed extends Exception {
    private final transient Sentence why;

    NotAllowed(ProbeWords words, Object... args) {
      super(Sentence.of(words, args).english());
      this.why = Sentence.of(words, args);
    }

    Sentence why() {
      return why;
    }
  }

  private final List<Network> networks;

  /**
   * @param networks as of {@code 10.0.0.0/8} or {@code ::1}
   */
  public AllowList(List<String> networks) {
    List<Network> parsed = new ArrayList<>();
    for (String network : networks) {
      int slash = network.indexOf('/');
      try {
        byte[] address =
            InetAddress.getByName(slash < 0 ? network : network.substring(0, slash)).getAddress();
        int bits = slash < 0 ? address.length * 8 : Integer.parseInt(network.substring(slash + 1));
        parsed.add(new Network(address, bits));
      } catch (UnknownHostException | NumberFormatException wrong) {
        throw new IllegalArgumentException("no network: " + network, wrong);
      }
    }
    this.networks = List.copyOf(parsed);
  }

  /** Where {@code answerAt} leads, if it may be asked. Resolves a name, so it may block. */
  public Target target(String answerAt) throws NotAllowed {
    URI url;
    try {
      url = URI.create(answerAt);
    } catch (IllegalArgumentException broken) {
      throw new NotAllowed(ProbeWords.NO_URL);
    }
    if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getUserInfo() != null) {
      throw new NotAllowed(ProbeWords.NOT_HTTP);
    }
    int port = url.getPort() < 0 ? 80 : url.getPort();
    if (port < 1 || port > 65_535) {
      throw new NotAllowed(ProbeWords.NO_PORT);
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
        if (networks.stream().anyMatch(network -> network.contains(address.getAddress()))) {
          return new Target(address, port);
        }
      }
    } catch (UnknownHostException unknown) {
      throw new NotAllowed(ProbeWords.UNRESOLVED, url.getHost());
    }
    throw new NotAllowed(ProbeWords.NOT_ALLOWED);
  }
}
