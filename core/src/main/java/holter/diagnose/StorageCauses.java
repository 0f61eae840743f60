package holter.diagnose;

import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.EXCLUDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.brokersThatLog;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.measured;

import java.util.List;

/** F15 to F21: disks, directories, segments. */
final class StorageCauses {
  private StorageCauses() {}

  static final List<Cause> ALL =
      List.of(
          Entry.told(
                  CauseCode.F15,
                  brokersThatLog(LogSign.NO_SPACE),
                  logged(DECIDES, 3, LogSign.NO_SPACE),
                  logged(FITS, 1, LogSign.DISK_HALT, LogSign.ALL_LOG_DIRS_FAILED),
                  measured(FITS, 2, Metric.DISK_USED_SHARE, used -> used >= 0.98),
                  measured(FITS, 2, Metric.INODES_USED_SHARE, used -> used >= 0.98),
                  measured(EXCLUDES, 3, Metric.DISK_USED_SHARE, used -> used < 0.8))
              .helps(AidWords.F15_FIRST, AidWords.F15_ROOT)
              .explains(CauseCode.F01, CauseCode.F17));
}
