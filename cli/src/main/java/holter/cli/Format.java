package holter.cli;

/** How a command prints its data. */
public enum Format {
  TEXT,
  JSON,
  YAML
}
