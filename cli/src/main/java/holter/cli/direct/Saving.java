package holter.cli.direct;

import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.cli.Version;
import holter.server.bundle.BundleFiles;
import holter.server.bundle.Manifest;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Locale;

/** Saves what was collected, and says what it is and how large. */
final class Saving {
  private Saving() {}

  /**
   * @param hideNames whether names of hosts, topics, groups, users and workers get other words
   * @throws Refusal in one line when it cannot be written, or something is there already
   */
  static void save(Evidence evidence, Path to, boolean hideNames, Terminal terminal) {
    Manifest manifest =
        Manifest.of(
            Version.ofHolter(),
            System.currentTimeMillis(),
            evidence.nowMs(),
            evidence.zone(),
            evidence.map().topic());
    try {
      BundleFiles files = BundleFiles.of(manifest, evidence.seen(), hideNames);
      files.save(to);
      terminal.progress(
          String.format(
              Locale.ROOT,
              "saved %s: %d observations, %s, %.1f kB, no message contents, no secrets%s%s",
              to,
              files.observations(),
              String.join(" and ", files.files().keySet()),
              files.size() / 1e3,
              hideNames ? ", names hidden" : "",
              files.dropped() == 0 ? "" : "; " + files.dropped() + " did not fit"));
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException there) {
      throw Refusal.usage(
          to + " is there already", "a bundle is never mixed with another", "another name");
    } catch (IOException failed) {
      throw Refusal.usage(
          "cannot write " + to,
          failed.getClass().getSimpleName() + " " + failed.getMessage(),
          "a place that you may write to");
    }
  }
}
