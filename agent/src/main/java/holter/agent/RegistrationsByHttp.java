package holter.agent;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Registrations on their second path. The book has no more under way than there are threads, so
 * that a call that is stuck holds up no other.
 */
final class RegistrationsByHttp {
  /** Also how many messages may be under way. */
  static final int THREADS = 8;

  /** What came of a post. Called on a thread of this path; must not wait. */
  interface Answers {
    void applied(Registration registration);

    void stale(Registration registration, String owner);

    void failed(Registration registration);
  }

  private final Orchestrators orchestrators;
  private final Answers answers;
  private final Notices notices;
  private final ThreadPoolExecutor threads;

  RegistrationsByHttp(Orchestrators orchestrators, Answers answers, Notices notices) {
    this.orchestrators = orchestrators;
    this.answers = answers;
    this.notices = notices;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Daemon.named("holter-registrar-http-"));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Never waits. */
  void post(Registration registration) {
    if (!threads.isShutdown()) {
      threads.execute(() -> call(registration));
    }
  }

  void close() {
    threads.shutdownNow();
  }

  private void call(Registration registration) {
    try {
      byte[] json = registration.encode(System.currentTimeMillis());
      read(registration, orchestrators.post("/agent/v1/registrations", json));
    } catch (IOException | RuntimeException e) {
      failed(registration, "no answer: " + Notices.reason(e));
    }
  }

  private void read(Registration registration, OrchestratorCall.Answer answer) {
    if (answer.status() != 200) {
      failed(registration, "the orchestrator answered " + answer.status());
      return;
    }
    Map<String, Object> json = JsonReader.object(answer.body());
    if (Boolean.TRUE.equals(json.get("applied")) || "duplicate".equals(json.get("why"))) {
      notices.over("registry-http", "the orchestrator takes registrations by HTTP again");
      answers.applied(registration);
    } else if ("stale".equals(json.get("why"))) {
      answers.stale(registration, json.get("owner") instanceof String owner ? owner : "");
    } else {
      failed(registration, "the orchestrator did not apply it: " + json.get("why"));
    }
  }

  private void failed(Registration registration, String why) {
    notices.say("registry-http", "registrations by HTTP, trying on: " + why);
    answers.failed(registration);
  }
}
