package holter.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a worker embeds: it beats, it answers on demand, it registers DTUs.
 *
 * <pre>
 * beat loop --mailbox--> sender thread --> Kafka client         never waits: the loop
 *           `-newest---> HTTP threads  --> each orchestrator    only while Kafka acknowledges none
 * up/down ---inbox-----> registrar     --> another Kafka client, disk, HTTP
 * </pre>
 *
 * No part waits for another, nor does a caller for any of them. Starting needs neither Kafka nor
 * the orchestrator. All threads are daemons.
 */
public final class HolterAgent implements AutoCloseable {
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final AgentConfig config;
  private final Notices notices;
  private final Identity who;
  private final SendResults results = new SendResults(System.nanoTime());
  private final @Nullable AnswerServer answers;
  private final @Nullable Orchestrators orchestrators;
  private final List<BeatPath> paths = new ArrayList<>();
  private final BeatLoop loop;
  private final AtomicReference<DtuDigest> dtus = new AtomicReference<>(DtuDigest.NONE);
  private volatile @Nullable Registrar registrar;
  private boolean closed;

  private HolterAgent(AgentConfig config, Notices notices) {
    this.config = config;
    this.notices = notices;
    var answering = config.answering();
    this.answers = answering == null ? null : AnswerServer.bind(answering);
    Path dir = config.stateDir();
    long epochSeconds = System.currentTimeMillis() / 1000;
    this.who =
        new Identity(
            config.instance(),
            IncarnationFile.next(dir, epochSeconds, notices),
            config.interval().toMillis(),
            config.host(),
            answerAt(config, answers));
    var second = config.orchestrator();
    this.orchestrators = second == null ? null : orchestrators(second);
    paths.add(new BeatsByKafka(who, config.channel(), results, notices));
    if (orchestrators != null) {
      for (OrchestratorCall each : orchestrators.each()) {
        paths.add(new BeatsByHttp(who, each, results, notices));
      }
    }
    this.loop = new BeatLoop(who, config.work(), dtus::get, paths, notices);
  }

  private static Orchestrators orchestrators(AgentConfig.Orchestrator at) {
    return new Orchestrators(
        at.urls().stream().map(url -> new OrchestratorCall(url, at.token())).toList());
  }

  /**
   * Starts beating and answering.
   *
   * @throws CannotStart when the answer port cannot be listened on
   */
  public static HolterAgent start(AgentConfig config) {
    return start(config, Notices.toLog());
  }

  static HolterAgent start(AgentConfig config, Notices notices) {
    var agent = new HolterAgent(config, notices);
    agent.loop.start();
    if (agent.answers != null) {
      agent.answers.answerWith(agent::answer, agent::announceAll);
    }
    return agent;
  }

  /** This life of the instance. */
  public Incarnation incarnation() {
    return who.incarnation();
  }

  /** The number of beats handed to the channel in this life. */
  public long beats() {
    return loop.seq();
  }

  /** Where it answers on demand, as its beats tell it; empty when it does not. */
  public String answerAt() {
    return who.answerAt();
  }

  /**
   * The registrations of this instance. The first call starts them: a thread and a producer of
   * their own, and what an earlier life left unacknowledged on disk goes out.
   *
   * @throws CannotStart when another process uses the state folder
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized Registrar registrar() {
    if (closed) {
      throw new IllegalStateException("the agent is closed");
    }
    if (registrar == null) {
      registrar = Registrar.start(config, who, orchestrators, dtus::set, notices);
    }
    return registrar;
  }

  /**
   * Stops on purpose: the last beats say so. Registrations that are not yet acknowledged stay on
   * disk for the next life. Takes two seconds at most for the beats and two for the registrations.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      loop.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (registrar != null) {
      registrar.close(System.nanoTime() + CLOSE_NANOS);
    }
    long deadline = System.nanoTime() + CLOSE_NANOS;
    paths.forEach(path -> path.close(deadline));
    if (answers != null) {
      answers.close();
    }
  }

  private boolean announceAll() {
    Registrar begun = registrar;
    return begun == null || begun.announceAll();
  }

  private byte[] answer() {
    var json = new JsonWriter(600);
    json.open().put("v", 1).put("instance", who.instance()).open("incarnation");
    json.put("n", who.incarnation().n()).put("boot", who.incarnation().boot()).close();
    json.put("seq", loop.seq()).put("beatAgeMs", loop.ageMs());
    json.put("lastAckAgeMs", results.lastAckAgeMs(System.nanoTime()));
    if (loop.lastWork() >= 0) {
      json.put("work", loop.lastWork());
    }
    SendResult.write(json, results.latest());
    return json.put("kafka", results.channel().wire()).close().bytes();
  }

  private static String answerAt(AgentConfig config, @Nullable AnswerServer answers) {
    var answering = config.answering();
    if (answering == null || answers == null) {
      return "";
    }
    String told = answering.advertisedUrl();
    String host = config.host().isEmpty() ? answering.bind() : config.host();
    return told != null ? told : "http://" + host + ":" + answers.port();
  }
}
