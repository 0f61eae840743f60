package holter.server.kube;

import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.Sight;
import holter.server.port.Hand;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens nodes, takes pins off, and has pods leave. Each act is looked at before it is written and
 * until Kubernetes has done its part; each write holds only for the object that was just seen, so
 * one that comes through late does nothing twice. Nothing is repeated blindly: every further try
 * rests on a new look. Not thread-safe.
 */
public final class KubeHand implements Hand {
  private static final long AGAIN_NS = 200_000_000;

  /** After a budget's no: it is asked again when others may have become ready. */
  private static final long AFTER_NO_NS = 1_000_000_000;

  /** A call's own deadline: none is begun that would end too late, once they go unanswered. */
  private static final long CALL_NS = 2_000_000_000;

  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;

  /** The server is busy, or what was seen is not the newest: another look tells. */
  private static final Set<Integer> PASSING = Set.of(CONFLICT, TOO_MANY, 503, 504);

  /** Who may write. */
  public interface Fence {
    /** Asked before each write: empty when we may, else why not. */
    String barred();
  }

  private final KubeCluster cluster;
  private final Fence fence;
  private final String plan;
  private final RemedyEvents events;

  /**
   * @param cluster is not closed by this
   * @param plan the id of the plan that is carried out: what is changed carries it
   */
  public KubeHand(KubeCluster cluster, Fence fence, String plan) {
    if (plan.isEmpty()) throw new IllegalArgumentException("nobody's plan");
    this.cluster = cluster;
    this.fence = fence;
    this.plan = plan;
    this.events = new RemedyEvents(cluster);
  }

  private static KubeAct ours(Act act) {
    return switch (act) {
      case KubeAct kube -> kube;
      case Act.MoveLeader other ->
          throw new IllegalArgumentException(other.target() + " is not Kubernetes'");
    };
  }

  private Deed deed(KubeAct act) {
    return switch (act) {
      case KubeAct.Uncordon it -> NodeDeed.of(cluster, it, plan);
      case KubeAct.Cordon it -> NodeDeed.of(cluster, it);
      case KubeAct.Relax it -> SelectorDeed.of(cluster, it, plan);
      case KubeAct.Pin it -> SelectorDeed.of(cluster, it);
      case KubeAct.Evict it -> new EvictDeed(cluster, it);
      case KubeAct.Restart it -> new RestartDeed(cluster, it);
    };
  }

  @Override
  public Map<Act, Looked> look(List<Act> acts) {
    var all = new LinkedHashMap<Act, Looked>();
    for (Act act : acts) {
      Deed.Seen seen = seen(deed(ours(act)));
      all.put(act, new Looked(seen.sight(), seen.why()));
    }
    return all;
  }

  private static Deed.Seen seen(Deed deed) {
    try {
      return deed.see();
    } catch (KubernetesClientException unanswered) {
      return new Deed.Seen(Sight.UNKNOWN, false, KubeCluster.why(unanswered));
    }
  }

  /**
   * Asks the API server to check each act, with everything that it would check, and changes
   * nothing. Each is checked alone: that several evictions pass does not mean that all would.
   *
   * @return why it would not be done; empty when it would, or is done already
   */
  public Map<Act, String> check(List<Act> acts) {
    var all = new LinkedHashMap<Act, String>();
    for (Act act : acts) {
      Deed deed = deed(ours(act));
      Deed.Seen seen = seen(deed);
      all.put(act, seen.toWrite() ? refusal(deed) : seen.sight() == Sight.AFTER ? "" : seen.why());
    }
    return all;
  }

  private static String refusal(Deed deed) {
    try {
      KubeCluster.Answer answer = deed.write(true);
      return answer.ok() ? "" : answer.why();
    } catch (KubernetesClientException unanswered) {
      return KubeCluster.why(unanswered);
    }
  }

  /** One after the other; what comes after one that was not done is not begun. */
  @Override
  public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var all = new LinkedHashMap<Act, Looked>();
    boolean held = false;
    for (Act act : acts) {
      KubeAct mine = ours(act);
      if (held) {
        all.put(act, new Looked(Sight.UNKNOWN, "not begun: one before it was not done"));
        continue;
      }
      Looked found = carry(deed(mine), endNs);
      all.put(act, found);
      held = found.sight() != Sight.AFTER;
      if (found.sight() != Sight.UNKNOWN) {
        events.tell(mine, !held, found.why());
      }
    }
    return all;
  }

  private Looked carry(Deed deed, long endNs) {
    boolean written = false;
    String trouble = "";
    while (true) {
      long pauseNs = AGAIN_NS;
      Deed.Seen now = seen(deed);
      if (now.sight() == Sight.AFTER || now.sight() == Sight.OTHER) {
        return new Looked(now.sight(), now.why());
      }
      if (now.toWrite()) {
        String barred = written ? "" : fence.barred();
        if (written || !barred.isEmpty()) {
          return written
              ? new Looked(Sight.OTHER, "somebody has taken it back")
              : new Looked(Sight.UNKNOWN, barred);
        }
        int code = 0;
        try {
          KubeCluster.Answer answer = deed.write(false);
          written = answer.ok();
          code = answer.code();
          trouble = written ? "" : answer.why();
        } catch (KubernetesClientException unanswered) {
          trouble = KubeCluster.why(unanswered); // maybe done: the next look tells
        }
        if (code > 0 && !written && !PASSING.contains(code)) {
          return refused(deed, trouble);
        }
        pauseNs = code == TOO_MANY ? AFTER_NO_NS : AGAIN_NS;
      }
      String why = trouble.isEmpty() || now.sight() == Sight.UNKNOWN ? now.why() : trouble;
      boolean away = now.sight() == Sight.UNKNOWN;
      if (!pause(pauseNs, away ? endNs - CALL_NS : endNs)) {
        return new Looked(now.sight(), why.isEmpty() ? "not done in time" : why);
      }
    }
  }

  /** The refusal may be because the world moved on: then that is what is told. */
  private static Looked refused(Deed deed, String why) {
    Deed.Seen now = seen(deed);
    boolean moved = now.sight() == Sight.OTHER || now.sight() == Sight.AFTER;
    return moved ? new Looked(now.sight(), now.why()) : new Looked(Sight.BEFORE, why);
  }

  private boolean pause(long ns, long endNs) {
    if (System.nanoTime() + ns > endNs || Thread.currentThread().isInterrupted()) {
      return false;
    }
    LockSupport.parkNanos(this, ns);
    return true;
  }
}
