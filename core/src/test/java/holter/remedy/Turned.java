package holter.remedy;

import holter.remedy.KubeNode.Condition;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.Workload;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The same node, pod or workload, but for one thing. */
final class Turned {
  private Turned() {}

  static KubeNode with(KubeNode node, KubeNode.Room room) {
    return with(node, Map.of("room", room));
  }

  static KubeNode withConditions(KubeNode node, List<Condition> conditions) {
    return with(node, Map.of("conditions", conditions));
  }

  static KubeNode withTaints(KubeNode node, List<KubeNode.Taint> taints) {
    return with(node, Map.of("taints", taints));
  }

  static KubeNode zoned(KubeNode node, String zone) {
    return with(node, Map.of("zone", zone));
  }

  static Pod eligible(Pod pod, Set<String> eligible) {
    return with(pod, Map.of("eligible", eligible));
  }

  static Pod staying(Pod pod, String why) {
    return with(pod, Map.of("stays", why));
  }

  static Workload managed(Workload each, String by) {
    return with(each, Map.of("managedBy", by));
  }

  static Workload rolling(Workload each, int surge, int unavailable, boolean settled) {
    return with(each, Map.of("maxSurge", surge, "maxUnavailable", unavailable, "settled", settled));
  }

  static Workload of(Workload each, String kind) {
    return with(each, Map.of("kind", kind));
  }

  /** The same record with other values of some components, by their names. */
  static <R extends Record> R with(R record, Map<String, ?> others) {
    RecordComponent[] all = record.getClass().getRecordComponents();
    List<String> names = Arrays.stream(all).map(RecordComponent::getName).toList();
    if (!names.containsAll(others.keySet())) {
      throw new IllegalArgumentException(others.keySet() + " are not all among " + names);
    }
    try {
      Object[] values = new Object[all.length];
      for (int i = 0; i < all.length; i++) {
        Object other = others.get(all[i].getName());
        values[i] = other == null ? all[i].getAccessor().invoke(record) : other;
      }
      Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
      @SuppressWarnings("unchecked") // a record's class is its own
      R turned = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
      return turned;
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("records of this package can be made here", impossible);
    }
  }
}
