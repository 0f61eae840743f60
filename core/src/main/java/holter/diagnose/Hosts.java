package holter.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Host pressure, always against the peers. Unknown figures compare false, both ways. */
final class Hosts {
  /** Of its link: above this a NIC queues. */
  static final double LINK_FULL = 0.8;

  /** Of its link, when it also carries far more than its peers. */
  static final double LINK_HALF = 0.5;

  /** Times its peers' median. */
  static final double TIMES_PEERS = 3;

  /** Below this no NIC is called busy when the link's speed is not known, in bytes per second. */
  static final double FLOOR_BYTES_PER_S = 1_000_000;

  static final double CALM_SHARE = 0.3;
  static final double SLOW_SCRAPE_MS = 500;

  /** A host that tells its load this late is not called calm: what it tells is of long ago. */
  static final double LATE_SCRAPE_MS = 3_000;

  /**
   * A load is a mean over some ten seconds: only one that ends this long after the onset can say
   * that the host was calm during the sickness.
   */
  static final long SETTLED_MS = 6_000;

  private final TreeMap<String, Seen<Fact.HostLoad>> loads = new TreeMap<>();
  private final List<Seen<Fact.Unasked>> unasked;
  private final long onsetMs;

  /**
   * @param onsetMs when the sickness began, −1 when nothing is sick
   */
  Hosts(List<Seen<Fact.HostLoad>> seen, List<Seen<Fact.Unasked>> unasked, long onsetMs) {
    this.onsetMs = onsetMs;
    seen.forEach(s -> loads.put(s.fact().host(), s));
    this.unasked = unasked;
  }

  Optional<Seen<Fact.HostLoad>> load(String host) {
    return Optional.ofNullable(loads.get(host));
  }

  /** The figure's median over all hosts but this one; NaN without peers. */
  double peers(String host, ToDoubleFunction<Fact.HostLoad> figure) {
    double[] others =
        loads.values().stream()
            .map(Seen::fact)
            .filter(l -> !l.host().equals(host))
            .mapToDouble(figure)
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    return others.length == 0 ? Double.NaN : others[others.length / 2];
  }

  /** Bytes per second of the busier direction. */
  static double nic(Fact.HostLoad load) {
    return Double.isNaN(load.rxBytesPerS())
        ? load.txBytesPerS()
        : Double.isNaN(load.txBytesPerS())
            ? load.rxBytesPerS()
            : Math.max(load.rxBytesPerS(), load.txBytesPerS());
  }

  /** As sentences tell a rate: whole kB/s, 0 when it is not known. */
  static long kb(double bytesPerS) {
    return Math.round(bytesPerS / 1_000);
  }

  boolean full(String host) {
    return load(host)
        .map(Seen::fact)
        .filter(l -> nic(l) >= LINK_FULL * l.linkBytesPerS())
        .isPresent();
  }

  /** Far above its peers, and enough to matter. */
  boolean abovePeers(String host) {
    double peers = peers(host, Hosts::nic);
    return load(host)
        .map(Seen::fact)
        .filter(l -> nic(l) >= TIMES_PEERS * peers)
        .filter(
            l ->
                Double.isNaN(l.linkBytesPerS())
                    ? nic(l) >= FLOOR_BYTES_PER_S
                    : nic(l) >= LINK_HALF * l.linkBytesPerS())
        .isPresent();
  }

  /** Calm while the sickness lasted; not known yet when the latest load is of before it. */
  boolean calm(String host) {
    double peers = peers(host, Hosts::nic);
    return settled(host)
        .map(Seen::fact)
        .filter(l -> !(l.scrapeMs() >= LATE_SCRAPE_MS))
        .filter(
            l ->
                Double.isNaN(l.linkBytesPerS())
                    ? nic(l) < FLOOR_BYTES_PER_S || nic(l) < 2 * peers
                    : nic(l) < CALM_SHARE * l.linkBytesPerS())
        .isPresent();
  }

  boolean scrapeSlow(String host) {
    double peers = peers(host, Fact.HostLoad::scrapeMs);
    return load(host)
        .map(Seen::fact)
        .filter(l -> l.scrapeMs() >= SLOW_SCRAPE_MS)
        .filter(l -> Double.isNaN(peers) || l.scrapeMs() >= TIMES_PEERS * peers)
        .isPresent();
  }

  private Optional<Seen<Fact.HostLoad>> settled(String host) {
    return load(host).filter(l -> onsetMs < 0 || l.observation().atMs() >= onsetMs + SETTLED_MS);
  }

  boolean scrapeFast(String host) {
    return settled(host).map(Seen::fact).filter(l -> l.scrapeMs() < SLOW_SCRAPE_MS).isPresent();
  }

  /** This host's metrics were not answered while a peer's were. */
  Optional<Observation> unanswered(String host) {
    long since = load(host).map(l -> l.observation().atMs()).orElse(Long.MIN_VALUE);
    boolean peersAnswer = loads.keySet().stream().anyMatch(h -> !h.equals(host));
    if (host.isEmpty() || !peersAnswer) {
      return Optional.empty();
    }
    return unasked.stream()
        .filter(s -> s.observation().source() == Source.HOST_METRICS)
        .filter(s -> s.fact().subject().english().contains(host) && s.observation().atMs() > since)
        .map(Seen::observation)
        .findFirst();
  }
}
