package holter.server.remedy;

import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.Sight;
import holter.server.port.Hand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each act to the hand that does such acts, in the order given. What comes after an act that
 * was not done and that others need is not begun. As thread-safe as its hands.
 */
public final class Hands implements Hand {
  private final Hand kafka;
  private final Hand kubernetes;

  public Hands(Hand kafka, Hand kubernetes) {
    this.kafka = kafka;
    this.kubernetes = kubernetes;
  }

  /** Where no Kubernetes was named: acts on it are not looked at and not done. */
  public static Hands without(Hand kafka, String why) {
    return new Hands(kafka, new Absent(why));
  }

  /** Nobody. */
  private record Absent(String why) implements Hand {
    @Override
    public Map<Act, Looked> look(List<Act> acts) {
      var all = new LinkedHashMap<Act, Looked>();
      acts.forEach(act -> all.put(act, new Looked(Sight.UNKNOWN, why)));
      return all;
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      return look(acts);
    }
  }

  private Hand of(Act act) {
    return switch (act) {
      case Act.MoveLeader _ -> kafka;
      case KubeAct _ -> kubernetes;
    };
  }

  /** Neighbours of one hand together: brokers are asked for all of them at once. */
  private static List<List<Act>> groups(List<Act> acts) {
    var groups = new ArrayList<List<Act>>();
    for (Act act : acts) {
      boolean joins =
          !groups.isEmpty()
              && groups.getLast().getLast() instanceof KubeAct == act instanceof KubeAct;
      if (!joins) groups.add(new ArrayList<>());
      groups.getLast().add(act);
    }
    return groups;
  }

  @Override
  public Map<Act, Looked> look(List<Act> acts) {
    var all = new LinkedHashMap<Act, Looked>();
    groups(acts).forEach(group -> all.putAll(of(group.getFirst()).look(group)));
    return all;
  }

  @Override
  public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var all = new LinkedHashMap<Act, Looked>();
    boolean held = false;
    for (List<Act> group : groups(acts)) {
      if (held) {
        group.forEach(
            act -> all.put(act, new Looked(Sight.UNKNOWN, "not begun: one before it failed")));
        continue;
      }
      var left = Duration.ofNanos(Math.max(0, endNs - System.nanoTime()));
      Map<Act, Looked> done = of(group.getFirst()).act(group, left);
      all.putAll(done);
      held =
          done.entrySet().stream()
              .anyMatch(e -> e.getValue().sight() != Sight.AFTER && !e.getKey().standsAlone());
    }
    return all;
  }
}
