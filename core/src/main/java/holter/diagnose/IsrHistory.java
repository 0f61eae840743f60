package holter.diagnose;

import holter.channel.PartitionMap;
import java.util.List;

/**
 * What the order of an ISR tells of the past: a leader's shrinking takes out, its expanding puts at
 * the end. Whoever stands last where it follows came back last; who is whole now may have been
 * alone before.
 */
final class IsrHistory {
  /** What was said this long ago and not again is over. */
  private static final long QUIET_MS = 60_000;

  private IsrHistory() {}

  /**
   * Who came back last to those that it follows, out of its place in the list of replicas, and
   * leads others itself. Beside the lines that say whom it ejected this is the same fact, and
   * counts for nothing.
   */
  static void backLast(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    file.latest(Fact.Metadata.class)
        .ifPresent(
            s -> {
              List<PartitionMap> all = s.fact().map().partitions();
              List<Integer> led =
                  all.stream()
                      .filter(p -> p.leaderId() == broker)
                      .map(PartitionMap::partition)
                      .toList();
              List<Integer> last =
                  all.stream()
                      .filter(p -> p.leaderId() != broker && p.isr().contains(broker))
                      .filter(p -> p.isr().getLast() == broker && p.replicas().getLast() != broker)
                      .map(PartitionMap::partition)
                      .toList();
              if (!led.isEmpty() && !last.isEmpty()) {
                boolean said = file.complaints().ejectsMany(broker).isPresent();
                argument.fits(
                    said ? 0 : 0.3, s.observation(), CauseWords.ISR_ORDER, broker, led, last);
              }
            });
  }

  /**
   * Every partition that it leads has its whole ISR, and brokers complained, but not for a minute.
   * Where nobody complained their logs may not have been read: then nothing says that it is over.
   */
  static boolean whole(CaseFile file, int broker) {
    var led =
        file.map().stream()
            .flatMap(m -> m.partitions().stream())
            .filter(p -> p.leaderId() == broker)
            .toList();
    var complaints = file.of(Fact.Complaint.class);
    boolean quiet =
        !complaints.isEmpty()
            && complaints.stream().allMatch(s -> file.nowMs() - s.fact().lastWallMs() > QUIET_MS);
    return quiet && !led.isEmpty() && led.stream().allMatch(p -> p.isr().containsAll(p.replicas()));
  }
}
