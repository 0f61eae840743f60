package holter.server.host;

import java.util.Set;

/** Which file systems can hold a broker's data. */
final class FileSystems {
  /** On a disk of the host; what is in memory, read-only or elsewhere holds no broker's data. */
  static final Set<String> REAL =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs");

  private FileSystems() {}

  /** Whether one of this type, mounted there, can. */
  static boolean holdsData(String type, String mountPoint) {
    return REAL.contains(type) && !mountPoint.startsWith("/boot");
  }
}
