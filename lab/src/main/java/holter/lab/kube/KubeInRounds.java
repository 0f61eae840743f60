package holter.lab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.control.Rounds;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Refusal;
import holter.lab.kube.store.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A simulated cluster without clock, threads or HTTP: the simulator's own store, controllers,
 * scheduler and evictions, and kubelets that start and end pods whenever the controllers have come
 * to rest, for containers are slower than controllers: some of them then, the others later, as a
 * seed has it. Not thread-safe.
 */
public final class KubeInRounds {
  private static final String KUBELET = "kubelet";
  private static final String PERSON = "kubectl";

  private final ObjectStore store = new ObjectStore();
  private final Evictions evictions = new Evictions(store);
  private final Rounds rounds;
  private final Random random;

  /**
   * @param seed decides between nodes that are equally good for a pod, and which pods start or end
   *     first
   */
  public KubeInRounds(long seed) {
    this.rounds = new Rounds(store, seed);
    this.random = new Random(seed);
  }

  /** What is in it. */
  public ObjectStore store() {
    return store;
  }

  /** A node that is ready. */
  public void node(NodeSpec spec) {
    ObjectNode node = spec.object();
    spec.capacity(node.putObject("status"));
    Json.condition(node, "Ready", "True", "KubeletReady");
    Json.condition(node, "DiskPressure", "False", "KubeletHasNoDiskPressure");
    store.create(Kind.NODE, "", node, Writer.inside(KUBELET));
  }

  /** Cordons a node, or takes the cordon away. */
  public void cordon(String node, boolean closed) {
    edit(Kind.NODE, "", node, each -> each.withObjectProperty("spec").put("unschedulable", closed));
  }

  /** Makes an object, as a person would. */
  public void create(Kind kind, String namespace, ObjectNode object) {
    store.create(kind, namespace, object, Writer.inside(PERSON));
  }

  /** Changes an object, as a person would. */
  public void edit(Kind kind, String namespace, String name, Consumer<ObjectNode> how) {
    store.change(kind, namespace, name, PERSON, how);
  }

  /**
   * Evicts a pod by its uid.
   *
   * @return false when it is refused, by a budget or because it is another
   */
  public boolean evict(String namespace, String pod, String uid) {
    ObjectNode eviction = Json.object();
    eviction.putObject("deleteOptions").putObject("preconditions").put("uid", uid);
    try {
      evictions.evict(namespace, pod, eviction, false);
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  /** Lets everything happen that is going to. */
  public void settle() {
    rounds.run();
    for (var due = due(); !due.isEmpty(); due = due()) {
      Collections.shuffle(due, random);
      due.subList(0, 1 + random.nextInt(due.size())).forEach(this::kubelet);
      rounds.run();
    }
  }

  /** Pods that a kubelet has something to do for. */
  private List<ObjectNode> due() {
    var due = new ArrayList<ObjectNode>();
    for (ObjectNode pod : store.peek(Kind.POD)) {
      boolean bound = !pod.at("/spec/nodeName").asText().isEmpty();
      if (bound && (Json.leaving(pod) || !PodWord.running(pod))) due.add(pod);
    }
    return due;
  }

  private void kubelet(ObjectNode pod) {
    if (Json.leaving(pod)) {
      var now = holter.lab.kube.store.Deletion.now(Json.uid(pod));
      store.delete(Kind.POD, Json.namespace(pod), Json.name(pod), now);
    } else {
      String node = pod.at("/spec/nodeName").asText();
      store.change(
          Kind.POD,
          Json.namespace(pod),
          Json.name(pod),
          KUBELET,
          each -> PodWord.begin(each, node));
    }
  }
}
