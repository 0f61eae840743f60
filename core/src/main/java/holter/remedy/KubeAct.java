package holter.remedy;

import java.util.List;
import java.util.Optional;

/**
 * What is done to Kubernetes. Each names its object by uid: another object of the same name is
 * never touched. The order matters, so none stands alone.
 */
public sealed interface KubeAct extends Act {
  @Override
  default boolean standsAlone() {
    return false;
  }

  /** Lets a node take pods again. */
  record Uncordon(String node, String uid) implements KubeAct {
    @Override
    public String target() {
      return "node/" + node;
    }

    @Override
    public Optional<Act> inverse() {
      return Optional.of(new Cordon(node, uid));
    }

    @Override
    public String canonical() {
      return "uncordon " + target() + " " + uid;
    }
  }

  /** Closes a node to new pods: only ever to take an uncordon back. */
  record Cordon(String node, String uid) implements KubeAct {
    @Override
    public String target() {
      return "node/" + node;
    }

    @Override
    public Optional<Act> inverse() {
      return Optional.of(new Uncordon(node, uid));
    }

    @Override
    public String canonical() {
      return "cordon " + target() + " " + uid;
    }
  }

  /**
   * Takes one key off the node selector of a Deployment's template; all its pods are replaced, one
   * surge at a time.
   *
   * @param key of the selector
   * @param value that must be found
   * @param lands nodes that its pods are expected on, one for each; not consented to, only checked
   */
  record Relax(
      String namespace, String name, String uid, String key, String value, List<String> lands)
      implements KubeAct {
    public Relax {
      lands = List.copyOf(lands);
    }

    @Override
    public String target() {
      return "deployment/" + namespace + "/" + name;
    }

    @Override
    public Optional<Act> inverse() {
      return Optional.of(new Pin(namespace, name, uid, key, value));
    }

    @Override
    public String canonical() {
      return "relax " + target() + " " + uid + " " + key + "=" + value;
    }
  }

  /** Gives the key back: only ever to take a relaxed pin back. */
  record Pin(String namespace, String name, String uid, String key, String value)
      implements KubeAct {
    @Override
    public String target() {
      return "deployment/" + namespace + "/" + name;
    }

    @Override
    public Optional<Act> inverse() {
      return Optional.of(new Relax(namespace, name, uid, key, value, List.of()));
    }

    @Override
    public String canonical() {
      return "pin " + target() + " " + uid + " " + key + "=" + value;
    }
  }

  /**
   * Asks a pod to leave, within its budgets; its owner makes another. Nothing takes it back.
   *
   * @param workload what makes another: {@code namespace/name}
   * @param from the node that it leaves
   * @param lands the node that the other one is expected on; not consented to, only checked
   */
  record Evict(String namespace, String pod, String uid, String workload, String from, String lands)
      implements KubeAct {
    @Override
    public String target() {
      return "pod/" + namespace + "/" + pod;
    }

    @Override
    public Optional<Act> inverse() {
      return Optional.empty();
    }

    @Override
    public String canonical() {
      return "evict " + target() + " " + uid + " from " + from;
    }
  }

  /**
   * Asks the pod of a worker that is dead or hung to leave, within its budgets; its owner makes
   * another, wherever that lands. Nothing takes it back.
   *
   * @param workload what makes another: {@code namespace/name}
   * @param instance whose beats are to come back; empty when nobody of its name was ever heard
   */
  record Restart(String namespace, String pod, String uid, String workload, String instance)
      implements KubeAct {
    @Override
    public String target() {
      return "pod/" + namespace + "/" + pod;
    }

    @Override
    public Optional<Act> inverse() {
      return Optional.empty();
    }

    @Override
    public String canonical() {
      return "restart " + target() + " " + uid;
    }
  }
}
