package holter.agent;

import java.io.IOException;
import java.util.List;

/**
 * The replicas of the orchestrator, one of which leads. A message for the leader goes to the one
 * that took the last, and on to the next while there is no answer or a refusal for now: who stands
 * by answers 503. Any thread may call.
 */
final class Orchestrators {
  private final List<OrchestratorCall> calls;
  private volatile int took;

  Orchestrators(List<OrchestratorCall> calls) {
    this.calls = List.copyOf(calls);
  }

  /** Each of them, in the order of the setting. */
  List<OrchestratorCall> each() {
    return calls;
  }

  /**
   * Posts a JSON text to whoever takes it; at most one call's time for each replica.
   *
   * @return the first answer that is not "not now" (5xx), or the last one that is
   * @throws IOException when there was no answer from anybody
   */
  OrchestratorCall.Answer post(String path, byte[] json) throws IOException {
    int first = took;
    OrchestratorCall.Answer refused = null;
    IOException silent = null;
    for (int n = 0; n < calls.size(); n++) {
      int at = (first + n) % calls.size();
      try {
        var answer = calls.get(at).post(path, json);
        if (answer.status() < 500) {
          took = at;
          return answer;
        }
        refused = answer;
      } catch (IOException none) {
        silent = none;
      }
    }
    if (refused != null) {
      return refused;
    }
    throw silent == null ? new IOException("no orchestrator is set") : silent;
  }
}
