package holter.edge;

import holter.agent.CannotStart;
import holter.agent.HolterAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A minimal data-acquisition worker: it beats, answers on demand, and registers the DTUs that dial
 * in. It prints one line beginning with {@code ready} once its first beat was handed over, and on
 * SIGTERM says goodbye with planned beats. On standard input it takes {@code hang} (its progress
 * can no longer be read, so its beat loop hangs while its ports answer), {@code stall} (it does
 * nothing, though it beats) and {@code resume}.
 */
public final class Dac {
  private static final int EXIT_USAGE = 2;
  private static final long WORK_EVERY_MS = 250;

  private Dac() {}

  /** Runs until it is told to stop. */
  public static void main(String[] args) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-dac.xml");
    }
    try {
      run(DacSettings.read(args, System.getenv()), System.out);
    } catch (IllegalArgumentException | CannotStart e) {
      System.err.println("holter dac: " + e.getMessage());
      System.exit(EXIT_USAGE);
    } catch (IOException e) {
      System.err.println(
          "holter dac: cannot listen for DTUs: " + e.getMessage() + "; choose another --dtu-port");
      System.exit(EXIT_USAGE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(DacSettings settings, PrintStream out)
      throws IOException, InterruptedException {
    var work = new Work();
    var agent = HolterAgent.start(settings.agent(work));
    var door = DtuDoor.bind(settings.bind(), settings.dtuPort(), agent.registrar(), work);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> goodbye(door, agent), "holter-goodbye"));
    door.open(settings.address(door.port()));
    Thread.ofPlatform().daemon().name("dac-commands").start(() -> obey(work));
    while (agent.beats() == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    out.println(
        "ready "
            + settings.instance()
            + " incarnation="
            + agent.incarnation().n()
            + " dtu-port="
            + door.port()
            + " answer-at="
            + agent.answerAt());
    out.flush();
    while (true) {
      TimeUnit.MILLISECONDS.sleep(WORK_EVERY_MS);
      work.did(1);
    }
  }

  private static void goodbye(DtuDoor door, HolterAgent agent) {
    door.close();
    agent.close();
  }

  private static void obey(Work work) {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.strip()) {
          case "hang" -> work.hang();
          case "stall" -> work.stall();
          case "resume" -> work.resume();
          default -> System.err.println("holter dac: commands are hang, stall, resume");
        }
      }
    } catch (IOException e) {
      System.err.println("holter dac: no more commands: " + e.getMessage());
    }
  }
}
