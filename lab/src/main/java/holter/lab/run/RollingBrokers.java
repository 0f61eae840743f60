package holter.lab.run;

import holter.lab.broker.LabKafka;
import holter.lab.fleet.TruthLog;
import holter.lab.process.LabException;
import holter.lab.scenario.Fault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * All brokers restarted in order, one after the other, round after round, on a thread of its own.
 */
final class RollingBrokers implements AutoCloseable {
  /** Handing leaders over takes a second or two; a follower that is behind delays it. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

  private final Fault.Roll fault;
  private final LabKafka kafka;
  private final TruthLog truth;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("lab-roll").unstarted(this::run);

  private RollingBrokers(Fault.Roll fault, LabKafka kafka, TruthLog truth) {
    this.fault = fault;
    this.kafka = kafka;
    this.truth = truth;
  }

  static RollingBrokers start(Fault.Roll fault, World.Parts world) {
    var roll = new RollingBrokers(fault, world.kafka(), world.truth());
    roll.thread.start();
    return roll;
  }

  private void run() {
    int done = 0;
    try {
      for (int round = 0; round < fault.rounds(); round++) {
        for (var broker : kafka.spec().brokers()) {
          boolean inOrder = kafka.shutDown(broker.id(), ENDS_WITHIN);
          if (waits(fault.down())) return;
          kafka.restart(broker.id(), BACK_WITHIN);
          done++;
          truth.happened(
              inOrder ? TruthLog.Kind.BROKER_RESTARTED : TruthLog.Kind.ROLL_FAILED,
              "broker " + broker.id(),
              inOrder ? "the " + done + ". of the roll" : "it did not end in time and was killed");
          if (waits(fault.each())) return;
        }
      }
    } catch (LabException broken) {
      if (over.getCount() > 0) {
        truth.happened(TruthLog.Kind.ROLL_FAILED, "brokers", "after " + done + ": " + broken);
      }
    }
  }

  /** Whether it was closed meanwhile. */
  private boolean waits(Duration some) {
    try {
      return over.await(some.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    over.countDown();
    thread.interrupt();
  }
}
