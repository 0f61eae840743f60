package holter.diagnose;

import static holter.diagnose.Signs.Says.FITS;

import java.util.List;

/**
 * F56 to F59: what the cluster's orchestration brought about. They stand beside what they make of a
 * broker's host, F04 and F07, and explain none of it away.
 */
final class NodeCauses {
  private NodeCauses() {}

  static final List<Cause> ALL = List.of(evicting(), new CordonedNode(), pinned(), restarting());

  /** F56: the node is short of disk and sends its pods away; either alone is something else. */
  private static Entry evicting() {
    return Entry.told(
            CauseCode.F56,
            Nodes::shortOfDisk,
            Nodes::evicts,
            Nodes.diskUsed(FITS, 1),
            Nodes::pressureGone)
        .helps(AidWords.F56_FIRST, AidWords.F56_ROOT);
  }

  /** F58: pods that may run on one host only carry most of what fills its network. */
  private static Entry pinned() {
    return Entry.told(
            CauseCode.F58,
            Nodes::withPinned,
            Nodes::pinnedCarryMost,
            Nodes::pinnedCrowd,
            Nodes::loaded)
        .helps(AidWords.F58_FIRST, AidWords.F58_ROOT);
  }

  /** F59: the worker was well when it was restarted for its silence. */
  private static Entry restarting() {
    return Entry.told(
            CauseCode.F59,
            Restarts::subjects,
            Restarts::restarted,
            Restarts::wellBefore,
            Restarts::whileAccused)
        .helps(AidWords.F59_FIRST, AidWords.F59_ROOT);
  }
}
