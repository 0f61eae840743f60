package holter.server.host;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Metric;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.ssh.SshScript;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Measures hosts that have no exporter: over one ssh connection each, all at once; this machine
 * without ssh. Rates are over the two seconds between two looks, so nothing is known of before.
 * Reads only. Thread-safe.
 */
public final class HostsOverSsh {
  private static final int BYTES_MAX = 4 << 20;

  /** Rates need some time between two looks, and the connection needs some too. */
  private static final Duration FOR_TWO_SECONDS = Duration.ofSeconds(4);

  private final SshScript ssh;
  private final LongSupplier clockMs;

  /**
   * @param clockMs engine time
   */
  public HostsOverSsh(SshScript ssh, LongSupplier clockMs) {
    this.ssh = ssh;
    this.clockMs = clockMs;
  }

  /**
   * One load, what else is measured, and kills since {@code sinceWallMs}, for each broker's host;
   * or why not. Blocks for the deadline at most.
   */
  public List<Observation> observe(
      Collection<BrokerNode> brokers, long sinceWallMs, Duration deadline) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var byHost = new LinkedHashMap<String, List<BrokerNode>>();
    brokers.forEach(b -> byHost.computeIfAbsent(b.host(), h -> new ArrayList<>()).add(b));
    var asking = new LinkedHashMap<String, Future<List<Observation>>>();
    // Not closed: closing would wait for a host that does not answer. Its threads end by
    // themselves.
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    byHost.forEach(
        (host, on) -> {
          int broker = on.size() == 1 ? on.getFirst().id() : -1;
          asking.put(host, threads.submit(() -> ask(host, broker, sinceWallMs, deadline)));
        });
    threads.shutdown();
    var all = new ArrayList<Observation>();
    asking.forEach((host, one) -> all.addAll(await(host, one, endNs)));
    return all;
  }

  private List<Observation> ask(String host, int broker, long sinceWallMs, Duration deadline)
      throws IOException, InterruptedException {
    String mark = "holter-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    int apart = deadline.compareTo(FOR_TWO_SECONDS) < 0 ? 1 : 2;
    String script = HostScript.text(mark, apart);
    SshScript way = LocalProc.isHere(host) ? SshScript.here() : ssh;
    SshScript.Printed printed = way.run(host, script, BYTES_MAX, deadline.minusMillis(100));
    long nowMs = clockMs.getAsLong();
    HostScript.Told told = HostScript.read(printed.text(), mark);
    if (told.takes().size() < 2) {
      throw new Unanswered(UnaskedWords.NO_PROC);
    }
    HostScript.Take first = told.takes().getFirst();
    HostScript.Take last = told.takes().get(1);
    double gapMs = 1000 * (last.hostSeconds() - first.hostSeconds());
    long firstMs = nowMs - (Double.isNaN(gapMs) ? apart * 1000L : Math.round(gapMs));
    HostReading before = first.text().reading(firstMs, first.hostSeconds(), 0);
    HostReading after = last.text().reading(nowMs, last.hostSeconds(), 0);
    if (after.nics().isEmpty() && Double.isNaN(after.cpuSeconds())) {
      throw new Unanswered(UnaskedWords.NO_PROC);
    }
    double aheadMs = 1000 * first.hostSeconds() - printed.firstWallMs();
    var seen = new ArrayList<Observation>();
    seen.add(observed(host, nowMs, unhurried(after.since(before, host))));
    after.measured(before, host).forEach(figure -> seen.add(observed(host, nowMs, figure)));
    if (Double.isFinite(aheadMs)) {
      Fact.Measured ahead = new Fact.Measured(Metric.CLOCK_AHEAD_MS, host, aheadMs);
      seen.add(observed(host, nowMs, ahead));
    }
    KernelKills.told(told, host, broker, aheadMs, sinceWallMs)
        .forEach(fact -> seen.add(observed(host, nowMs, fact)));
    return seen;
  }

  /** How long ssh took is the time of handshakes and logins: it says nothing about the host. */
  private static Fact.HostLoad unhurried(Fact.HostLoad load) {
    return new Fact.HostLoad(
        load.host(),
        load.rxBytesPerS(),
        load.txBytesPerS(),
        load.linkBytesPerS(),
        load.cpuBusyShare(),
        load.diskBusyShare(),
        load.memoryAvailableShare(),
        Double.NaN);
  }

  private List<Observation> await(String host, Future<List<Observation>> one, long endNs) {
    try {
      return Unanswered.within(one, endNs, new Unanswered(UnaskedWords.NOT_MEASURED));
    } catch (Unanswered none) {
      Fact unasked = new Fact.Unasked(Sentence.of(UnaskedWords.HOST, host), none.why());
      return List.of(observed(host, clockMs.getAsLong(), unasked));
    }
  }

  private static Observation observed(String host, long atMs, Fact fact) {
    return new Observation(Source.HOST_METRICS, host, atMs, fact);
  }
}
