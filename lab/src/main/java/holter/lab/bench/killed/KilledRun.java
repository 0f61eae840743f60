package holter.lab.bench.killed;

import holter.lab.bench.killed.KilledTrial.Count;
import holter.lab.bench.killed.KilledTrial.Moment;
import holter.lab.process.Child;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A plan carried out, or taken back, by processes that are killed until one ends by itself; and
 * what is found then. Used by one thread.
 */
final class KilledRun {
  /** Long enough for a machine that is busy with something else. */
  private static final long STEP_MS = 120_000;

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final long GLANCE_MS = 2;
  private static final int SAID_LINES = 3;

  /** What is noted: at first, before each write, after each, and what never may be. */
  private enum Way {
    THERE(Deed.CONSENTED, Deed.INTENDED, Deed.DONE, Deed.FAILED),
    BACK(Deed.UNDO_WANTED, Deed.UNDO_INTENDED, Deed.UNDONE, Deed.UNDO_FAILED);

    private final Deed first;
    private final Deed intended;
    private final Deed done;
    private final Deed failed;

    Way(Deed first, Deed intended, Deed done, Deed failed) {
      this.first = first;
      this.intended = intended;
      this.done = done;
      this.failed = failed;
    }
  }

  private final KilledWorld world;
  private final KilledPlan killed;
  private final Way way;
  private final List<String> wanted;
  private final int writtenBefore;
  private final List<Moment> kills = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  private KilledRun(KilledWorld world, KilledPlan killed, Way way) {
    this.world = world;
    this.killed = killed;
    this.way = way;
    this.wanted = way == Way.THERE ? killed.writes() : killed.writesBack();
    this.writtenBefore = world.nodes().sim().written().size();
  }

  /** Sets the scene, carries out, takes back if that is asked for, and takes the scene down. */
  static KilledTrial play(KilledWorld world, long seed, boolean undo) throws InterruptedException {
    var killed = KilledPlan.set(world.nodes(), Long.toString(seed), world.bootstrap(), STEP_MS);
    try {
      world.folder().save(killed.plan());
    } catch (IOException failed) {
      throw new LabException("a plan cannot be written; " + failed.getMessage(), failed);
    }
    String id = killed.plan().id();
    var there = new KilledRun(world, killed, Way.THERE);
    KilledTrial trial =
        there.trial(seed, List.of("apply", id, "--yes", "--healthy-for", "1s"), killed::wrong);
    if (undo && trial.broken().isEmpty()) {
      killed.wayBack();
      var back = new KilledRun(world, killed, Way.BACK);
      trial = trial.and(back.trial(~seed, List.of("undo", id), killed::wrongBack));
    }
    killed.clear();
    return trial;
  }

  /** What is not as it must be in the end. */
  private interface End {
    List<String> wrong();
  }

  private KilledTrial trial(long seed, List<String> words, End end) throws InterruptedException {
    Count count = new Count(0, 0, false);
    try {
      ends(words, new Strikes(seed));
      count = Count.of(wanted, written());
      broken.addAll(count.broken());
      broken.addAll(end.wrong());
      noted(way.first, 1);
      noted(way.done, wanted.size());
      noted(way.failed, 0);
      noted(Deed.CURED, 1);
      noted(Deed.FOUND, 0);
    } catch (IOException unreadable) {
      broken.add("the journal cannot be read: " + unreadable.getMessage());
    }
    if (!broken.isEmpty()) {
      broken.add("written: " + written());
    }
    return new KilledTrial(seed, kills, count.doubled(), count.lost(), way == Way.BACK, broken);
  }

  private List<String> written() {
    List<String> all = world.nodes().sim().written();
    return all.subList(writtenBefore, all.size());
  }

  private List<Deed> deeds() throws IOException {
    return world.folder().journal(killed.plan()).entries().stream()
        .map(JournalEntry::deed)
        .toList();
  }

  private void noted(Deed deed, int times) throws IOException {
    int found = Collections.frequency(deeds(), deed);
    if (found != times) {
      broken.add("%s is noted %d times, not %d".formatted(deed, found, times));
    }
  }

  /** Starts the command until it ends by itself. */
  private void ends(List<String> words, Strikes strikes) throws IOException, InterruptedException {
    // the first line, and of each step its intention, its write and its note; there the proof too
    int all = signs() + 1 + 3 * wanted.size() + (way == Way.THERE ? 1 : 0);
    Child child = world.remedy(words);
    while (strikes.any() && struck(child, strikes.next(Math.max(0, all - signs())))) {
      kills.add(moment());
      child = world.remedy(words);
    }
    if (!child.awaitExit(LIMIT)) {
      child.kill();
      broken.add("it has not ended in %d min".formatted(LIMIT.toMinutes()));
    } else if (child.exit().join() != 0) {
      String said = child.outputTail(SAID_LINES).replace("\n", " | ");
      broken.add("exit code %d: %s".formatted(child.exit().join(), said));
    }
  }

  /** Lines of the journal and writes so far. */
  private int signs() throws IOException {
    return deeds().size() + written().size();
  }

  /** Whether it was killed before it ended. */
  private boolean struck(Child child, Strikes.Strike strike)
      throws IOException, InterruptedException {
    int wait = signs() + strike.signs();
    var deadline = Deadline.in(LIMIT);
    while (child.alive() && !deadline.over() && signs() < wait) {
      Thread.sleep(GLANCE_MS);
    }
    Thread.sleep(strike.afterMs());
    if (!child.alive()) {
      return false;
    }
    child.kill();
    return true;
  }

  private Moment moment() throws IOException {
    List<Deed> deeds = deeds();
    int first = deeds.indexOf(way.first);
    if (first < 0) {
      return Moment.UNNOTED;
    }
    int done = Collections.frequency(deeds, way.done);
    Deed last = deeds.getLast();
    if (last == way.intended) {
      return written().size() > done ? Moment.WRITTEN : Moment.INTENDED;
    }
    if (done < wanted.size()) {
      return Moment.BETWEEN;
    }
    return last == Deed.DONE ? Moment.PROOF : Moment.AFTER;
  }
}
