package holter.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.detect.DeathProof;
import holter.detect.RestartTruth;
import holter.engine.RestartOrder;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.server.port.InOrder;
import holter.server.port.Look;
import holter.server.port.Runner;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real child process per test, and real commands. */
class ProcessRunnerTest {
  private static final Look CANNOT_TELL = order -> new Look.Seen(RestartTruth.UNKNOWN, "not asked");

  @TempDir Path dir;
  private final List<Process> children = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
    }
  }

  private Process child() throws IOException {
    Process child = new ProcessBuilder("sleep", "600").start();
    children.add(child);
    Files.writeString(dir.resolve("dac-1.pid"), child.pid() + "\n");
    return child;
  }

  private static RestartOrder order(String instance, long incarnation, long epoch, String key) {
    return new RestartOrder(
        key,
        new InstanceId(instance),
        new Incarnation(incarnation, ""),
        epoch,
        DeathProof.SILENCE,
        Sentence.of(DeathProof.SILENCE));
  }

  private static RestartOrder order() {
    return order("dac-1", Instant.now().getEpochSecond(), 1, "k1");
  }

  private ProcessRunner runner(Look look, String... restart) {
    return new ProcessRunner(
        new ProcessRunner.Commands(
            new Template(List.of(restart)),
            new Template(List.of()),
            dir + "/{instance}.pid",
            Duration.ofSeconds(5)),
        look);
  }

  private String restarts() {
    return dir.resolve("restarts").toString();
  }

  /** Writes a line per restart. */
  private String[] noting() {
    return new String[] {
      "sh",
      "-c",
      "echo \"$1 $2 $3 $4\" >> " + restarts() + "; echo noted",
      "sh",
      "{instance}",
      "{incarnation}",
      "{epoch}",
      "{key}"
    };
  }

  private static Look saying(RestartTruth truth) {
    return order -> new Look.Seen(truth, "by its own word");
  }

  @Test
  void thePlacesAreFilledAndTheOutputStandsInTheAnswer() throws IOException {
    Process child = child();
    Runner.Answer answer =
        runner(saying(RestartTruth.HEALTHY), noting())
            .restart(order("dac-1", Instant.now().getEpochSecond(), 7, "key 1; rm"));
    assertThat(answer.done()).isTrue();
    assertThat(answer.truth()).isEqualTo(RestartTruth.HEALTHY);
    assertThat(answer.detail())
        .contains("pid " + child.pid() + " runs", "by its own word", "noted");
    assertThat(Files.readString(Path.of(restarts()))).matches("dac-1 \\d+ 7 key 1; rm\n");
  }

  @Test
  void aStoppedProcessIsToldAsStopped() throws Exception {
    Process child = child();
    signal(child, "STOP");
    assertThat(runner(saying(RestartTruth.HUNG), noting()).restart(order()).truth())
        .isEqualTo(RestartTruth.STOPPED);
  }

  @Test
  void anEndedProcessIsToldAsExited() throws Exception {
    child().destroyForcibly().waitFor();
    assertThat(runner(saying(RestartTruth.HEALTHY), noting()).restart(order()).truth())
        .isEqualTo(RestartTruth.EXITED);
  }

  @Test
  void aRunningProcessIsHungOnlyByItsOwnWord() throws IOException {
    child();
    assertThat(runner(saying(RestartTruth.HUNG), noting()).restart(order()).truth())
        .isEqualTo(RestartTruth.HUNG);
    assertThat(runner(CANNOT_TELL, noting()).restart(order()).truth())
        .isEqualTo(RestartTruth.UNKNOWN);
  }

  @Test
  void aPidThatBelongsToALaterProcessIsNotTheWorkers() throws IOException {
    child();
    Files.setLastModifiedTime(
        dir.resolve("dac-1.pid"), FileTime.from(Instant.now().minusSeconds(3_600)));
    Runner.Answer answer = runner(CANNOT_TELL, noting()).restart(order());
    assertThat(answer.truth()).isEqualTo(RestartTruth.EXITED);
    assertThat(answer.detail()).contains("another process now");
  }

  @Test
  void aProcessThatBeganAfterTheExpectedLifeStays() throws IOException {
    child();
    long before = Instant.now().getEpochSecond() - 60;
    Runner.Answer answer =
        runner(saying(RestartTruth.HEALTHY), noting()).restart(order("dac-1", before, 1, "k"));
    assertThat(answer.done()).isFalse();
    assertThat(answer.truth()).isEqualTo(RestartTruth.HEALTHY);
    assertThat(answer.detail()).contains("already replaced");
    assertThat(Path.of(restarts())).doesNotExist();
  }

  @Test
  void aProcessThatIsGoneIsStartedWhateverLifeWasExpected() throws Exception {
    child().destroyForcibly().waitFor();
    Runner.Answer answer = runner(CANNOT_TELL, noting()).restart(order("dac-1", 7, 1, "k"));
    assertThat(answer.done()).as(answer.detail()).isTrue();
    assertThat(answer.truth()).isEqualTo(RestartTruth.EXITED);
    assertThat(Path.of(restarts())).exists();
  }

  @Test
  void aLaterLifeThatAnswersStays() throws IOException {
    child();
    long now = Instant.now().getEpochSecond();
    Look later = order -> new Look.Seen(RestartTruth.HEALTHY, "it answers", now + 1);
    assertThat(runner(later, noting()).restart(order("dac-1", now, 1, "k")).done()).isFalse();
    assertThat(Path.of(restarts())).doesNotExist();
  }

  @Test
  void aLaterProcessThatRunsIsNotGoneWhateverTheOperatorsLookSays() throws IOException {
    child();
    long before = Instant.now().getEpochSecond() - 60;
    ProcessRunner runner =
        new ProcessRunner(
            new ProcessRunner.Commands(
                new Template(List.of(noting())),
                new Template(List.of("echo", "exited")),
                dir + "/{instance}.pid",
                Duration.ofSeconds(5)),
            CANNOT_TELL);
    assertThat(runner.restart(order("dac-1", before, 1, "k")).done()).isFalse();
    assertThat(Path.of(restarts())).doesNotExist();
  }

  @Test
  void theOperatorsOwnLookIsBelieved() {
    ProcessRunner runner =
        new ProcessRunner(
            new ProcessRunner.Commands(
                new Template(List.of("true", "{instance}")),
                new Template(List.of("echo", "Stopped")),
                "",
                Duration.ofSeconds(5)),
            saying(RestartTruth.HEALTHY));
    assertThat(runner.restart(order()).truth()).isEqualTo(RestartTruth.STOPPED);
  }

  @Test
  void aCommandThatFailsIsNotDoneAndSaysWhy() {
    Runner.Answer failed =
        runner(CANNOT_TELL, "sh", "-c", "echo no such unit >&2; exit 5").restart(order());
    assertThat(failed.done()).isFalse();
    assertThat(failed.detail()).contains("exits 5", "no such unit");
    assertThat(runner(CANNOT_TELL, "/no/such/command").restart(order()).detail())
        .contains("does not start");
  }

  @Test
  void aCommandThatDoesNotEndIsKilledWithWhatItStarted() throws IOException {
    ProcessRunner runner =
        new ProcessRunner(
            new ProcessRunner.Commands(
                new Template(
                    List.of(
                        "sh",
                        "-c",
                        "sleep 600 & echo $! > " + dir.resolve("grandchild") + "; wait")),
                new Template(List.of()),
                "",
                Duration.ofMillis(500)),
            CANNOT_TELL);
    Runner.Answer answer = runner.restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(answer.detail()).contains("did not end within 500 ms");
    long grandchild = Long.parseLong(Files.readString(dir.resolve("grandchild")).strip());
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aCommandThatLeavesAProcessBehindDoesNotHoldTheAnswer() throws IOException {
    Runner.Answer answer =
        runner(
                CANNOT_TELL,
                "sh",
                "-c",
                "sleep 600 & echo $! > " + dir.resolve("left") + "; echo up")
            .restart(order());
    ProcessHandle.of(Long.parseLong(Files.readString(dir.resolve("left")).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
    assertThat(answer.done()).isTrue();
    assertThat(answer.detail()).contains("up");
  }

  @Test
  void muchOutputNeitherBlocksNorFillsTheAnswer() {
    Runner.Answer answer =
        runner(CANNOT_TELL, "sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x").restart(order());
    assertThat(answer.done()).isTrue();
    assertThat(answer.detail()).hasSizeLessThan(400);
  }

  @Test
  void anIdThatCouldBeAnOptionOrAPathStandsInNoCommand() {
    for (String id : List.of("--force", "../../etc/shadow", "a b", "a/b", ".")) {
      assertThat(runner(CANNOT_TELL, noting()).restart(order(id, 1, 1, "k")).done()).isFalse();
    }
    assertThat(Path.of(restarts())).doesNotExist();
  }

  @Test
  void aRepeatedKeyRunsTheCommandOnceAndAnOldLeaderRunsNone() throws IOException {
    Runner runner = new InOrder(runner(CANNOT_TELL, noting()));
    Runner.Answer first = runner.restart(order("dac-1", 0, 4, "k1"));
    assertThat(runner.restart(order("dac-1", 0, 4, "k1"))).isEqualTo(first);
    Runner.Answer stale = runner.restart(order("dac-1", 0, 3, "k2"));
    assertThat(stale.done()).isFalse();
    assertThat(stale.detail()).isEqualTo("leader epoch 3 is older than 4");
    assertThat(Files.readAllLines(Path.of(restarts()))).hasSize(1);
  }

  private static void signal(Process child, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start().waitFor();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                Files.readString(Path.of("/proc/" + child.pid() + "/stat"))
                    .matches("(?s).*\\) [Tt] .*"));
  }
}
