package holter.diagnose;

import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.logged;
import static holter.diagnose.Signs.namedBy;

import java.util.List;

/** F37 to F42: what goes wrong in the sender. */
final class ProducerCauses {
  private ProducerCauses() {}

  static final List<Cause> ALL =
      List.of(
          Entry.told(
                  CauseCode.F41,
                  namedBy(What.CLIENT, LogSign.RECORD_TOO_LARGE),
                  logged(DECIDES, 4, LogSign.RECORD_TOO_LARGE))
              .helps(AidWords.F41_FIRST, AidWords.F41_ROOT));
}
