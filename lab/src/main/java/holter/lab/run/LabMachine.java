package holter.lab.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The machine that a lab runs on, as a result tells it. */
public final class LabMachine {
  private LabMachine() {}

  /** As it is now. */
  public static RunResult.Machine now() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new RunResult.Machine(
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize() >> 20,
        Math.round(system.getSystemLoadAverage() * 10) / 10.0,
        Runtime.version().toString());
  }
}
