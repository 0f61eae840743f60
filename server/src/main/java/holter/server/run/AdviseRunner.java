package holter.server.run;

import holter.detect.RestartTruth;
import holter.engine.RestartOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts nobody: says in the log what should be restarted, and why. */
public final class AdviseRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(AdviseRunner.class);

  @Override
  public Answer restart(RestartOrder order) {
    LOG.atWarn()
        .addKeyValue("instance", order.instance())
        .addKeyValue("proof", order.proof())
        .addKeyValue("why", order.why())
        .log("restart advised");
    return new Answer(false, RestartTruth.UNKNOWN, "advised only: runner.kind is advise");
  }
}
