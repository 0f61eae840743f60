package holter.lab.net;

import holter.lab.process.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The emulated network of one lab. Host {@code from} sees host {@code to} at 127.x.from.to, x being
 * the lab's number; a host's own address is 127.x.to.to. Forwarders listen on the former and
 * connect to the latter, so each byte between two hosts really passes both hosts' {@link Shaper}s
 * and the pair's {@link LinkMode}. Traffic of a host with itself stays outside, as in life. Needs
 * Linux, no root. Thread-safe.
 */
public final class LabNet implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int HOSTS_MAX = 250;

  private final LabNumber number;
  private final Map<String, EmulatedHost> hosts = new LinkedHashMap<>();
  private final Map<String, Path> hostsFiles = new LinkedHashMap<>();
  private final Map<List<String>, Link> links = new ConcurrentHashMap<>();
  private final List<Service> services = new CopyOnWriteArrayList<>();
  private final Shaper free = new Shaper("own-route", Nic.UNLIMITED);
  private final String vantage;
  private final Thread watcher;

  private LabNet(LabNumber number, List<HostSpec> specs, String vantage) {
    this.number = number;
    this.vantage = vantage;
    for (var spec : specs) {
      hosts.put(spec.name(), new EmulatedHost(spec, hosts.size() + 1));
    }
    this.watcher = Thread.ofVirtual().name("lab-watcher").unstarted(this::watch);
  }

  /**
   * Opens a network.
   *
   * @param directory where the hosts files go
   * @param vantage the host whose view this JVM has: it may use all hosts' names
   */
  public static LabNet open(Path directory, List<HostSpec> hosts, String vantage) {
    if (hosts.size() > HOSTS_MAX
        || hosts.stream().map(HostSpec::name).distinct().count() != hosts.size()) {
      throw new LabException(
          "a lab has up to %d hosts, each with its own name".formatted(HOSTS_MAX));
    }
    var net = new LabNet(LabNumber.claim(), hosts, vantage);
    try {
      net.host(vantage);
      Files.createDirectories(directory);
      for (var host : net.hosts.keySet()) {
        net.hostsFiles.put(host, HostsFile.write(directory, host, net));
      }
    } catch (IOException e) {
      net.close();
      throw new LabException("cannot write hosts files; " + e.getMessage(), e);
    }
    net.hosts.keySet().forEach(name -> LabResolver.add(name, net.address(vantage, name)));
    net.watcher.start();
    return net;
  }

  /** The host whose view this JVM has. */
  public String vantage() {
    return vantage;
  }

  public Collection<EmulatedHost> hosts() {
    return hosts.values();
  }

  public EmulatedHost host(String name) {
    var host = hosts.get(name);
    if (host == null) {
      throw new LabException("no host '%s' in this lab; it has %s".formatted(name, hosts.keySet()));
    }
    return host;
  }

  /** Where {@code from} sees {@code to}; with both the same, the host's own address. */
  public InetAddress address(String from, String to) {
    return LabNumber.address(number.number(), host(from).index(), host(to).index());
  }

  /** The file for {@code -Djdk.net.hosts.file} of a JVM on that host. */
  public Path hostsFile(String host) {
    host(host);
    return java.util.Objects.requireNonNull(hostsFiles.get(host));
  }

  /** Lets all other hosts dial a port of {@code host} as soon as something listens there. */
  public Service expose(String host, int port, Route route) {
    return expose(host, port, route, hosts.keySet());
  }

  /** Lets the hosts {@code diallers} dial a port of {@code host}. */
  public Service expose(String host, int port, Route route, Collection<String> diallers) {
    var own = new InetSocketAddress(address(host, host), port);
    var forwarders = new ArrayList<Forwarder>();
    for (var dialler : diallers) {
      if (!dialler.equals(host)) {
        forwarders.add(forwarder(dialler, own, host, route));
      }
    }
    var service = new Service(host, own, forwarders);
    services.add(service);
    service.settle();
    return service;
  }

  private Forwarder forwarder(String dialler, InetSocketAddress own, String host, Route route) {
    var link = link(dialler, host);
    boolean shared = route == Route.SHARED;
    var from = host(dialler);
    var to = host(host);
    var toServer =
        new Way(dialler, shared ? from.egress() : free, shared ? to.ingress() : free, link);
    var toClient = new Way(host, shared ? to.egress() : free, shared ? from.ingress() : free, link);
    var ends =
        new Forwarder.Ends(
            new InetSocketAddress(address(dialler, host), own.getPort()),
            new InetSocketAddress(address(host, dialler), 0),
            own);
    return new Forwarder(ends, toServer, toClient);
  }

  /** Ends a service: connects are refused from now on. */
  public void withdraw(Service service) {
    services.remove(service);
    service.close();
  }

  /** A port of {@code host} that nothing listens on now. */
  public int freePort(String host) {
    try (var socket = new ServerSocket(0, 1, address(host, host))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LabException("no free port on emulated host " + host + "; " + e.getMessage(), e);
    }
  }

  private Link link(String a, String b) {
    host(a);
    host(b);
    var pair = a.compareTo(b) < 0 ? List.of(a, b) : List.of(b, a);
    return links.computeIfAbsent(pair, hosts -> new Link(hosts.get(0), hosts.get(1)));
  }

  /** What the network does between {@code a} and {@code b} from now on. */
  public void link(String a, String b, LinkMode mode) {
    link(a, b).set(mode);
    services.forEach(Service::settle);
  }

  /** The mode between {@code a} and {@code b}. */
  public LinkMode mode(String a, String b) {
    return link(a, b).mode();
  }

  /** Connections that stand between {@code a} and {@code b}. */
  public int standing(String a, String b) {
    return link(a, b).standing();
  }

  /** The same mode between {@code host} and every other host. */
  public void links(String host, LinkMode mode) {
    hosts.keySet().stream()
        .filter(other -> !other.equals(host))
        .forEach(other -> link(host, other).set(mode));
    services.forEach(Service::settle);
  }

  private void watch() {
    try {
      while (!Thread.interrupted()) {
        long lookedNanos = System.nanoTime();
        var ports = ListeningPorts.now();
        services.forEach(service -> service.observed(ports.has(service.own()), lookedNanos));
        links.values().forEach(Link::cutIdle);
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (IOException e) {
      throw new LabException("cannot read /proc/net/tcp; the lab needs Linux", e);
    }
  }

  /** Closes all listeners and connections; names and addresses are gone afterwards. */
  @Override
  public void close() {
    watcher.interrupt();
    hosts.keySet().forEach(name -> LabResolver.remove(name, address(vantage, name)));
    services.forEach(Service::close);
    links.values().forEach(Link::close);
    hosts.values().forEach(EmulatedHost::close);
    free.close();
    try {
      number.close();
    } catch (IOException e) {
      throw new LabException("cannot give the lab's number back; " + e.getMessage(), e);
    }
  }
}
