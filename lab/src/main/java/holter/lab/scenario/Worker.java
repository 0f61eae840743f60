package holter.lab.scenario;

/** One worker, its hostand its group. */
public record Worker(String name, String host, Group group) {}
