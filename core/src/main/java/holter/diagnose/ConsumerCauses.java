package holter.diagnose;

import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.namedBy;

import java.util.List;

/** F43 to F48: what goes wrong behind the brokers. */
final class ConsumerCauses {
  private ConsumerCauses() {}

  static final List<Cause> ALL =
      List.of(
          Entry.told(
                  CauseCode.F43,
                  namedBy(What.GROUP, LogSign.GROUP_REBALANCES),
                  logged(DECIDES, 3, LogSign.GROUP_REBALANCES))
              .helps(AidWords.F43_FIRST, AidWords.F43_ROOT));
}
