package holter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holter version}: which Holter this is, and on which Java it runs. */
@Command(name = "version", description = "Show the version of Holter and of the Java it runs on.")
public final class Version implements Callable<Integer> {
  private final Holter root;

  Version(Holter root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("holter", ofHolter());
    facts.put("java", Runtime.version().toString());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    root.terminal()
        .print(facts, () -> "holter %s (java %s)".formatted(ofHolter(), Runtime.version()));
    return Exit.OK;
  }

  /** The version in the jar's manifest; {@code dev} when run from class folders. */
  public static String ofHolter() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
