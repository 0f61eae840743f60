package holter.server.run;

import holter.detect.RestartTruth;
import holter.engine.RestartOrder;
import holter.server.port.Runner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts nobody. An engine that advises orders nothing; an order that comes nevertheless is told
 * in the log and answered as not done.
 */
public final class AdviseRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(AdviseRunner.class);

  @Override
  public Answer restart(RestartOrder order) {
    LOG.atWarn()
        .addKeyValue("instance", order.instance())
        .addKeyValue("proof", order.proof())
        .addKeyValue("why", order.why())
        .log("restart ordered, and nobody is there to do it");
    return new Answer(false, RestartTruth.UNKNOWN, "advised only: runner.kind is advise");
  }
}
