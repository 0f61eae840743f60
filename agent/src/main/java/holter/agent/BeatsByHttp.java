package holter.agent;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The second path of beats, to one replica of the orchestrator: who stands by listens as well. Used
 * only while no partition has acknowledged one for three intervals. It holds one waiting beat, the
 * newest, so that a replica that hangs delays none of the others.
 */
final class BeatsByHttp implements BeatPath {
  private static final int SILENT_INTERVALS = 3;

  private final Identity who;
  private final OrchestratorCall orchestrator;
  private final SendResults results;
  private final Notices notices;
  private final String trouble;
  private final ArrayBlockingQueue<Beat> waiting = new ArrayBlockingQueue<>(1);
  private final Daemon thread = new Daemon("holter-beat-http", this::run);

  BeatsByHttp(Identity who, OrchestratorCall orchestrator, SendResults results, Notices notices) {
    this.who = who;
    this.orchestrator = orchestrator;
    this.results = results;
    this.notices = notices;
    this.trouble = "beat-http " + orchestrator;
    thread.start();
  }

  @Override
  public void offer(Beat beat) {
    long silent = results.unackedNanos(System.nanoTime());
    if (silent >= SILENT_INTERVALS * who.intervalNanos()) {
      while (!waiting.offer(beat)) {
        waiting.poll();
      }
    }
  }

  @Override
  public void close(long deadlineNanos) {
    thread.close(deadlineNanos);
  }

  private void run() throws InterruptedException {
    while (!thread.closing() || !waiting.isEmpty()) {
      Beat beat = waiting.poll(thread.closing() ? 1 : 200, TimeUnit.MILLISECONDS);
      if (beat != null) {
        post(beat);
      }
    }
  }

  private void post(Beat beat) {
    try {
      byte[] json = beat.encode(who, Beat.NO_PARTITION, 0, results.latest());
      int status = orchestrator.post("/agent/v1/beats", json).status();
      if (status == 202 || status == 200) {
        notices.over(trouble, orchestrator + " takes beats by HTTP again");
      } else {
        notices.say(trouble, "beats by HTTP: " + orchestrator + " answered " + status);
      }
    } catch (IOException | RuntimeException e) { // a header that cannot be sent is one of those
      notices.say(trouble, "beats by HTTP: " + orchestrator + ": no answer: " + Notices.reason(e));
    }
  }
}
