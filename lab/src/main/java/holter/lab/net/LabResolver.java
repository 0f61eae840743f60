package holter.lab.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Lets the lab's own JVM use the names of emulated hosts, as the lab's vantage host sees them;
 * other names go where they always go. (Children have hosts files.) Neither results nor failures
 * are cached by the JDK, because the next lab in this JVM has other addresses.
 */
public final class LabResolver extends InetAddressResolverProvider {
  private static final Map<String, InetAddress> NAMES = new ConcurrentHashMap<>();

  /** Called by the JDK at the first look-up. */
  public LabResolver() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  static void add(String name, InetAddress address) {
    NAMES.put(name, address);
  }

  static void remove(String name, InetAddress address) {
    NAMES.remove(name, address);
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        var address = NAMES.get(host);
        return address == null ? builtin.lookupByName(host, policy) : Stream.of(address);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        for (var entry : NAMES.entrySet()) {
          if (java.util.Arrays.equals(entry.getValue().getAddress(), address)) {
            return entry.getKey();
          }
        }
        return builtin.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "holter-lab";
  }
}
