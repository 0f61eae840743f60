package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.lab.demo.Demo;
import holter.lab.process.LabException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holter demo}: the incident on an embedded cluster, told while it happens. */
@Command(
    name = "demo",
    description = "The incident of 2023-02-02 on six real brokers, told in the terminal.",
    footer = {
      "",
      "Without --record the record goes to holter-demo-<time>.md here. Takes about four minutes."
    })
public final class DemoVerb implements Callable<Integer> {
  private final Holter root;

  @Mixin private final LabOptions options = new LabOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask: start about forty processes, and consent to the plan.")
  private boolean yes;

  public DemoVerb(Holter root) {
    this.root = root;
    QuietLogs.set();
  }

  @Override
  public Integer call() throws InterruptedException {
    var kafka = options.kafka(); // a mistake in them is told before anything is asked
    var faultFor = options.faultFor();
    if (!yes && !agreed()) {
      return Exit.OK;
    }
    var terminal = root.terminal();
    var record = options.record();
    var file = record == null ? Path.of(recordName()) : record;
    var wish =
        new Demo.Wish(
            kafka, faultFor, file.toAbsolutePath(), terminal.language(), _ -> yes || consent());
    long sinceStartMs =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    long startNanos = System.nanoTime() - sinceStartMs * 1_000_000;
    try {
      boolean kept = new Demo(wish, terminal.out()::println, terminal::progress, startNanos).tell();
      return kept ? Exit.OK : Exit.FINDINGS;
    } catch (LabException failed) {
      throw Refusal.cannotTell(
          String.valueOf(failed.getMessage()), "the lab could not go on", "holter demo again");
    }
  }

  private static String recordName() {
    var time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .format(LocalDateTime.now(ZoneId.systemDefault()));
    return "holter-demo-" + time + ".md";
  }

  /** A plan is never carried out unasked; off a terminal nobody can be asked, and it is a demo. */
  @SuppressWarnings("SystemConsoleNull") // as below
  private static boolean consent() {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      return true;
    }
    var answer = console.readLine("Apply this plan? [y/N] ");
    return answer != null && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
  }

  /** Asks only a person at a terminal; a script that starts the demonstration means it. */
  @SuppressWarnings("SystemConsoleNull") // the JDK's own console of 25 is null off a terminal
  private static boolean agreed() {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      return true;
    }
    var answer =
        console.readLine(
            "About forty processes and 6 GB of memory for four minutes, all ended afterwards."
                + " Start? [Y/n] ");
    return answer != null && !answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("n");
  }
}
