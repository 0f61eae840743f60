package holter.server;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.bundle.BundlePlace;
import holter.server.bundle.BundleWords;
import holter.server.bundle.Losses;
import holter.server.bundle.Manifest;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A round of evidence out of a bundle instead of a live cluster. What was collected then is all
 * that is known: neither this machine's clock, zone nor place has a part in it, so the same bundle
 * gives the same observations anywhere.
 *
 * @param manifest with the engine time of the diagnosis
 * @param observations typed ones in their order, then those of the raw parts, then what is lost
 */
public record BundleRound(Manifest manifest, List<Observation> observations) {
  public BundleRound {
    observations = List.copyOf(observations);
  }

  /** The "now" of the diagnosis. */
  public long nowMs() {
    return manifest.engineMs();
  }

  /** Whether anything was observed at all. */
  public boolean any() {
    return observations.stream().anyMatch(one -> !(one.fact() instanceof Fact.Unasked));
  }

  /**
   * Reads a folder or a {@code .tar.gz}.
   *
   * @throws IOException when there is neither at this place; whatever else is wrong is told as
   *     {@link Fact.Unasked}
   */
  public static BundleRound read(Path at) throws IOException {
    try (BundlePlace place = BundlePlace.open(at)) {
      Losses losses = place.losses();
      Manifest manifest = place.manifest();
      List<Observation> typed = place.observations();
      List<Observation> raw = new RawBundle(place.dir(), manifest, losses).read(typed);
      Manifest dated = manifest;
      if (manifest.engineMs() < 0) {
        losses.part("bundle.yaml", BundleWords.NO_TIME);
        dated = manifest.at(newest(typed, raw));
      }
      long now = dated.engineMs();
      List<Observation> all = new ArrayList<>(typed);
      raw.forEach(one -> all.add(new Observation(one.source(), one.witness(), now, one.fact())));
      for (String what : manifest.notAsked()) {
        var fact = new Fact.Unasked(Sentence.quote(what), Sentence.of(BundleWords.SAID_NOT_ASKED));
        all.add(new Observation(Source.BUNDLE, "bundle", now, fact));
      }
      all.addAll(losses.observations(now));
      return new BundleRound(dated, all);
    }
  }

  private static long newest(List<Observation> typed, List<Observation> raw) {
    long newest = typed.stream().mapToLong(Observation::atMs).max().orElse(0);
    for (Observation one : raw) {
      long at =
          switch (one.fact()) {
            case Fact.LogShape log -> log.lastWallMs();
            case Fact.Logged line -> line.lastWallMs();
            case Fact.Registered node -> node.registeredAtWallMs();
            default -> 0;
          };
      newest = Math.max(newest, at);
    }
    return newest;
  }
}
