package holter.agent;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The second path of beats: used only while no partition has acknowledged one for three intervals.
 * It holds one waiting beat, the newest.
 */
final class BeatsByHttp implements BeatPath {
  private static final int SILENT_INTERVALS = 3;

  private final Identity who;
  private final OrchestratorCall orchestrator;
  private final SendResults results;
  private final Notices notices;
  private final ArrayBlockingQueue<Beat> waiting = new ArrayBlockingQueue<>(1);
  private final Thread thread = new Thread(this::run, "holter-beat-http");
  private volatile boolean closing;

  BeatsByHttp(Identity who, OrchestratorCall orchestrator, SendResults results, Notices notices) {
    this.who = who;
    this.orchestrator = orchestrator;
    this.results = results;
    this.notices = notices;
    thread.setDaemon(true);
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
    closing = true;
    try {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      thread.join(Math.max(1, leftMs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing || !waiting.isEmpty()) {
        Beat beat = waiting.poll(closing ? 1 : 200, TimeUnit.MILLISECONDS);
        if (beat != null) {
          post(beat);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(Beat beat) {
    try {
      byte[] json = beat.encode(who, Beat.NO_PARTITION, 0, results.latest());
      int status = orchestrator.post("/agent/v1/beats", json).status();
      if (status == 202 || status == 200) {
        notices.over("beat-http", "the orchestrator takes beats by HTTP again");
      } else {
        notices.say("beat-http", "beats by HTTP: the orchestrator answered " + status);
      }
    } catch (IOException e) {
      notices.say("beat-http", "beats by HTTP: no answer: " + Notices.reason(e));
    }
  }
}
