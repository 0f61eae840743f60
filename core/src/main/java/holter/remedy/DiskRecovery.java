package holter.remedy;

import holter.remedy.KubeNode.Disk;
import holter.remedy.Recovery.Clause;
import holter.remedy.Recovery.Found;
import holter.remedy.Recovery.Mark;
import java.util.List;

/** What a node's disk says of its recovery: is there room, and will there be. */
final class DiskRecovery {
  /** Below it the kubelet is far from cleaning up images, which begins at 85 %. */
  static final double USED_MAX = 0.75;

  static final double FULL_IN_MIN_S = 24 * 3600;

  private static final double MIB = 1 << 20;

  private DiskRecovery() {}

  static Found space(Disk disk, double landingBytes) {
    double root = disk.usedBytes() / disk.capacityBytes();
    double images = disk.imageUsedBytes() / disk.imageCapacityBytes();
    double inodes = disk.inodesUsedShare();
    record Part(String name, double share) {}
    var parts =
        List.of(new Part("nodefs", root), new Part("imagefs", images), new Part("inodes", inodes));
    for (Part part : parts) {
      if (part.share() >= USED_MAX) {
        return Recovery.found(
            Clause.SPACE,
            Mark.FAILS,
            RecoveryWords.SPACE_USED,
            part.name(),
            percent(part.share()),
            percent(USED_MAX));
      }
    }
    for (Part part : parts) {
      if (!Double.isFinite(part.share())) {
        return Recovery.found(Clause.SPACE, Mark.UNKNOWN, RecoveryWords.SPACE_UNKNOWN, part.name());
      }
    }
    double free = free(disk);
    if (Double.isNaN(landingBytes)) {
      return Recovery.found(Clause.SPACE, Mark.UNKNOWN, RecoveryWords.SPACE_UNKNOWN, "landing");
    }
    return free < landingBytes
        ? Recovery.found(
            Clause.SPACE, Mark.FAILS, RecoveryWords.SPACE_SHORT, mib(free), mib(landingBytes))
        : Recovery.found(
            Clause.SPACE,
            Mark.HOLDS,
            RecoveryWords.SPACE_ENOUGH,
            percent(root),
            percent(images),
            percent(inodes),
            mib(free),
            mib(landingBytes));
  }

  /** What may still be written to the fuller of its file systems, in bytes. */
  static double free(Disk disk) {
    return Math.min(
        disk.capacityBytes() - disk.usedBytes(), disk.imageCapacityBytes() - disk.imageUsedBytes());
  }

  private static long percent(double share) {
    return Math.round(share * 100);
  }

  private static String mib(double bytes) {
    return (long) (bytes / MIB) + " MiB";
  }

  static Found trend(Disk disk) {
    double growth = disk.grownBytesPerS();
    double left = disk.capacityBytes() - disk.usedBytes();
    if (growth <= 0) {
      return Recovery.found(Clause.TREND, Mark.HOLDS, RecoveryWords.NOT_GROWING);
    }
    double fullInS = left / growth;
    if (Double.isNaN(fullInS)) {
      return Recovery.found(Clause.TREND, Mark.UNKNOWN, RecoveryWords.GROWTH_UNKNOWN);
    }
    long hours = (long) (fullInS / 3600);
    return fullInS > FULL_IN_MIN_S
        ? Recovery.found(Clause.TREND, Mark.HOLDS, RecoveryWords.GROWS_SLOWLY, hours)
        : Recovery.found(
            Clause.TREND,
            Mark.FAILS,
            RecoveryWords.GROWS_FAST,
            hours,
            (long) (FULL_IN_MIN_S / 3600));
  }
}
