package holter.remedy;

import holter.remedy.KubeNode.Condition;
import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.Workload;
import java.util.List;
import java.util.Set;

/** The same node, pod or workload, but for one thing. */
final class Turned {
  private Turned() {}

  static KubeNode with(KubeNode node, KubeNode.Room room) {
    return new KubeNode(
        node.name(),
        node.uid(),
        room,
        node.cordon(),
        node.taints(),
        node.conditions(),
        node.leaseAgeMs(),
        node.disk(),
        node.events(),
        node.marks(),
        node.zone());
  }

  static KubeNode withConditions(KubeNode node, List<Condition> conditions) {
    return new KubeNode(
        node.name(),
        node.uid(),
        node.room(),
        node.cordon(),
        node.taints(),
        conditions,
        node.leaseAgeMs(),
        node.disk(),
        node.events(),
        node.marks(),
        node.zone());
  }

  static Pod eligible(Pod pod, Set<String> eligible) {
    return new Pod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.node(),
        pod.owner(),
        pod.demand(),
        pod.bytesPerS(),
        eligible,
        pod.ready(),
        pod.leaving(),
        pod.stays());
  }

  static Pod staying(Pod pod, String why) {
    return new Pod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        pod.node(),
        pod.owner(),
        pod.demand(),
        pod.bytesPerS(),
        pod.eligible(),
        pod.ready(),
        pod.leaving(),
        why);
  }

  static Workload managed(Workload each, String by) {
    return new Workload(
        each.namespace(),
        each.name(),
        each.uid(),
        each.kind(),
        each.replicas(),
        each.maxSurge(),
        each.maxUnavailable(),
        each.settled(),
        each.eligible(),
        each.pins(),
        by);
  }

  static Workload rolling(Workload each, int surge, int unavailable, boolean settled) {
    return new Workload(
        each.namespace(),
        each.name(),
        each.uid(),
        each.kind(),
        each.replicas(),
        surge,
        unavailable,
        settled,
        each.eligible(),
        each.pins(),
        each.managedBy());
  }

  static Workload of(Workload each, String kind) {
    return new Workload(
        each.namespace(),
        each.name(),
        each.uid(),
        kind,
        each.replicas(),
        each.maxSurge(),
        each.maxUnavailable(),
        each.settled(),
        each.eligible(),
        each.pins(),
        each.managedBy());
  }
}
