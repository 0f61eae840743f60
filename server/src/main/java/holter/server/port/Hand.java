package holter.server.port;

import holter.remedy.Act;
import holter.remedy.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whoever looks at the targets of acts and carries them out. Never throws; blocks boundedly. */
public interface Hand {
  /**
   * What was found.
   *
   * @param why in one line what is not as expected; empty when all is
   */
  record Looked(Sight sight, String why) {}

  /** Looks, without changing anything; every act has an answer. */
  Map<Act, Looked> look(List<Act> acts);

  /**
   * Carries them out, and looks again until each is done or the time is over.
   *
   * @return how each target was found last
   */
  Map<Act, Looked> act(List<Act> acts, Duration deadline);
}
