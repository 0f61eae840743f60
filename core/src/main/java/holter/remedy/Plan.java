package holter.remedy;

import holter.words.Sentence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ordered steps as data. A consent is given to {@link #hash()} and to nothing else: another step,
 * order or replica list is another plan.
 *
 * @param id unique among plans
 * @param cluster whom it is for: the addresses, or the name of the configuration
 * @param topic whose paths prove the cure
 * @param about the sick brokers
 * @param steps none: nothing can be done, and {@code refused} says why
 * @param costs what it costs even if all goes well
 * @param refused what was not planned, with the reason
 * @param reliefs what it promises of crowded hosts, and what beside the paths proves it
 * @param madeAtWallMs when it was made
 * @param expiresAtWallMs when the world may have moved on: no consent holds longer
 */
public record Plan(
    String id,
    String cluster,
    String topic,
    Set<Integer> about,
    List<Step> steps,
    List<Sentence> costs,
    List<Sentence> refused,
    List<Relief> reliefs,
    long madeAtWallMs,
    long expiresAtWallMs) {
  /** How long the world that was read is taken to be the world as it is. */
  public static final long VALID_MS = 15 * 60_000;

  private static final int HASH_DIGITS = 16;

  public Plan {
    about = Set.copyOf(about);
    steps = List.copyOf(steps);
    costs = List.copyOf(costs);
    refused = List.copyOf(refused);
    reliefs = reliefs == null ? List.of() : List.copyOf(reliefs); // kept by an older Holter
  }

  /** A plan of what is proposed, made now. */
  public static Plan of(
      String cluster, String topic, Set<Integer> sick, Proposal proposed, long nowWallMs) {
    return new Plan(
        "p" + Long.toString(nowWallMs, Character.MAX_RADIX),
        cluster,
        topic,
        sick,
        proposed.steps(),
        proposed.costs(),
        proposed.refused(),
        proposed.reliefs(),
        nowWallMs,
        nowWallMs + VALID_MS);
  }

  /** Partitions of the topic whose leaders it moves. */
  public Set<Integer> partitions() {
    var moved = new TreeSet<Integer>();
    for (Step step : steps) {
      switch (step.act()) {
        case Act.MoveLeader move -> {
          if (move.topic().equals(topic)) moved.add(move.partition());
        }
        case KubeAct _ -> {}
      }
    }
    return moved;
  }

  /** What is consented to: the first digits of SHA-256 over every step and the plan's own name. */
  public String hash() {
    String text =
        steps.stream()
            .map(step -> step.number() + " " + step.act().canonical())
            .collect(Collectors.joining("\n", id + "\n" + cluster + "\n" + topic + "\n", "\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Steps that nothing takes back. */
  public long irreversible() {
    return steps.stream().filter(step -> step.act().inverse().isEmpty()).count();
  }
}
