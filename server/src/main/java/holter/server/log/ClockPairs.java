package holter.server.log;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far brokers' clocks are apart, learnt from moments that several of them log: all replicas of
 * a partition make its log, and learn of its leaders, at about the same time. Against the middle
 * one of those who log a moment; so nobody is told of where fewer than three share moments.
 */
final class ClockPairs {
  /** So many moments must agree, as one replica may be late for a reason of its own. */
  private static final int MOMENTS_MIN = 3;

  private static final int SHARING_MIN = 3;

  /** Moments agree when most of them differ by less than this. */
  private static final long AGREE_MS = 1000;

  /** Moments further apart are not one: a log may be made anew hours later. */
  private static final long ONE_MOMENT_MS = 300_000;

  private ClockPairs() {}

  /**
   * @param moments per broker, when each moment came by its clock with what is known of it taken
   *     out
   * @param skewMs what was taken out, per broker id
   * @return how far each host's clock is ahead, where enough is known
   */
  static List<Fact.Measured> learn(
      Map<BrokerNode, Map<String, Long>> moments, Map<Integer, Long> skewMs) {
    Map<String, List<Long>> shared = new HashMap<>();
    moments
        .values()
        .forEach(
            own -> own.forEach((k, t) -> shared.computeIfAbsent(k, _ -> new ArrayList<>()).add(t)));
    Map<BrokerNode, List<Long>> apart =
        new TreeMap<>(java.util.Comparator.comparingInt(BrokerNode::id));
    moments.forEach(
        (broker, own) ->
            own.forEach(
                (key, wallMs) -> {
                  List<Long> all = shared.getOrDefault(key, List.of());
                  if (all.size() >= SHARING_MIN) {
                    long off = wallMs - middle(all);
                    if (Math.abs(off) <= ONE_MOMENT_MS) {
                      apart.computeIfAbsent(broker, _ -> new ArrayList<>()).add(off);
                    }
                  }
                }));
    var learnt = new ArrayList<Fact.Measured>();
    apart.forEach(
        (broker, offs) -> {
          long middle = middle(offs);
          long agreeing = offs.stream().filter(o -> Math.abs(o - middle) <= AGREE_MS).count();
          if (agreeing >= MOMENTS_MIN && agreeing * 2 > offs.size()) {
            long ahead = middle + skewMs.getOrDefault(broker.id(), 0L);
            learnt.add(new Fact.Measured(Metric.CLOCK_AHEAD_MS, broker.host(), ahead));
          }
        });
    return learnt.size() >= SHARING_MIN ? learnt : List.of();
  }

  private static long middle(List<Long> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }
}
