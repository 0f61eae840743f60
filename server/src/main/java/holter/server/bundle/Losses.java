package holter.server.bundle;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;

/** What of a bundle could not be used; told as not asked. Bounded. Not thread-safe. */
public final class Losses {
  private static final int MAX = 200;

  private final List<Fact.Unasked> facts = new ArrayList<>();

  /** Something named in the bundle, and why it is not used; beyond the bound it is dropped. */
  public void add(Sentence what, Sentence why) {
    var lost = new Fact.Unasked(what, why);
    if (facts.size() < MAX && !facts.contains(lost)) {
      facts.add(lost);
    }
  }

  /** A file or folder of the bundle. */
  public void part(String name, BundleWords why, Object... args) {
    add(Sentence.of(BundleWords.PART, name), Sentence.of(why, args));
  }

  /** All of them, in the order in which they were found. */
  public List<Observation> observations(long atMs) {
    return facts.stream()
        .map(lost -> new Observation(Source.BUNDLE, "bundle", atMs, lost))
        .toList();
  }
}
