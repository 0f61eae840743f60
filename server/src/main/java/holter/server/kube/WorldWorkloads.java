package holter.server.kube;

import holter.remedy.KubeWorld;
import holter.remedy.KubeWorld.SelectorPin;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Deployments and StatefulSets as a plan needs to know them. */
final class WorldWorkloads {
  /** Kubernetes' own default of both fields. */
  private static final IntOrString QUARTER = new IntOrString("25%");

  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Labels and annotations by which tools know their own, and the tools' names. */
  private static final Map<String, String> TOOLS =
      Map.of(
          "argocd.argoproj.io/instance", "argocd",
          "argocd.argoproj.io/tracking-id", "argocd",
          "kustomize.toolkit.fluxcd.io/name", "flux",
          "helm.toolkit.fluxcd.io/name", "flux",
          "meta.helm.sh/release-name", "helm",
          "objectset.rio.cattle.io/id", "fleet",
          "kapp.k14s.io/app", "kapp",
          "configmanagement.gke.io/managed", "configsync");

  /** Who of several would take a change back first. */
  private static final List<String> ORDER =
      List.of("argocd", "flux", "fleet", "kapp", "configsync", "helm");

  private final Eligible eligible;

  WorldWorkloads(Eligible eligible) {
    this.eligible = eligible;
  }

  KubeWorld.Workload of(Deployment each) {
    var spec = each.getSpec();
    int replicas = count(spec.getReplicas(), 1);
    RollingUpdateDeployment rolling =
        spec.getStrategy() == null ? null : spec.getStrategy().getRollingUpdate();
    boolean recreated =
        spec.getStrategy() != null && "Recreate".equals(spec.getStrategy().getType());
    int surge =
        recreated ? 0 : part(rolling == null ? null : rolling.getMaxSurge(), replicas, true);
    int missing =
        recreated
            ? replicas
            : part(rolling == null ? null : rolling.getMaxUnavailable(), replicas, false);
    Pod pod = pod(spec.getTemplate());
    return new KubeWorld.Workload(
        each.getMetadata().getNamespace(),
        each.getMetadata().getName(),
        KubePods.text(each.getMetadata().getUid()),
        "Deployment",
        replicas,
        surge,
        surge == 0 && missing == 0 ? 1 : missing, // Kubernetes does not stand still either
        settled(each, replicas),
        eligible.namesOf(pod),
        pins(pod),
        managedBy(each));
  }

  KubeWorld.Workload of(StatefulSet each) {
    Pod pod = pod(each.getSpec().getTemplate());
    int replicas = count(each.getSpec().getReplicas(), 1);
    return new KubeWorld.Workload(
        each.getMetadata().getNamespace(),
        each.getMetadata().getName(),
        KubePods.text(each.getMetadata().getUid()),
        "StatefulSet",
        replicas,
        0,
        1,
        settled(each, replicas),
        eligible.namesOf(pod),
        pins(pod),
        managedBy(each));
  }

  private static Pod pod(PodTemplateSpec template) {
    return new PodBuilder()
        .withNewMetadata()
        .endMetadata()
        .withSpec(template.getSpec() == null ? new PodSpec() : template.getSpec())
        .build();
  }

  private static int part(@Nullable IntOrString given, int replicas, boolean up) {
    IntOrString told = given == null ? QUARTER : given;
    String share = told.getStrVal();
    if (share == null) {
      return count(told.getIntVal(), 0);
    }
    double part = Double.parseDouble(share.replace("%", "")) * replicas / 100;
    return (int) (up ? Math.ceil(part) : Math.floor(part));
  }

  private static boolean settled(Deployment each, int replicas) {
    DeploymentStatus is = each.getStatus();
    return is != null
        && !Boolean.TRUE.equals(each.getSpec().getPaused())
        && number(is.getObservedGeneration()) >= number(each.getMetadata().getGeneration())
        && count(is.getReplicas(), 0) == replicas
        && count(is.getUpdatedReplicas(), 0) == replicas
        && count(is.getAvailableReplicas(), 0) == replicas
        && count(is.getTerminatingReplicas(), 0) == 0;
  }

  private static boolean settled(StatefulSet each, int replicas) {
    StatefulSetStatus is = each.getStatus();
    return is != null
        && number(is.getObservedGeneration()) >= number(each.getMetadata().getGeneration())
        && count(is.getReplicas(), 0) == replicas
        && count(is.getReadyReplicas(), 0) == replicas
        && KubePods.text(is.getCurrentRevision()).equals(KubePods.text(is.getUpdateRevision()));
  }

  private static int count(@Nullable Integer told, int otherwise) {
    return told == null ? otherwise : told;
  }

  private static long number(@Nullable Long told) {
    return told == null ? 0 : told;
  }

  /** Keys without which the template could stand on more nodes. */
  private List<SelectorPin> pins(Pod pod) {
    Map<String, String> selector = pod.getSpec().getNodeSelector();
    if (selector == null) {
      return List.of();
    }
    Set<String> with = eligible.namesOf(pod);
    var pins = new ArrayList<SelectorPin>();
    new TreeMap<>(selector)
        .forEach(
            (key, value) -> {
              PodSpec less = new PodSpecBuilder(pod.getSpec()).removeFromNodeSelector(key).build();
              Set<String> without = eligible.namesOf(new PodBuilder(pod).withSpec(less).build());
              if (!without.equals(with)) pins.add(new SelectorPin(key, value, without));
            });
    return pins;
  }

  /** Who would take a change back; empty: nobody that is known. */
  private static String managedBy(HasMetadata each) {
    var marks = new TreeMap<String, String>();
    if (each.getMetadata().getLabels() != null) marks.putAll(each.getMetadata().getLabels());
    if (each.getMetadata().getAnnotations() != null) {
      marks.putAll(each.getMetadata().getAnnotations());
    }
    Set<String> tools =
        TOOLS.entrySet().stream()
            .filter(tool -> marks.containsKey(tool.getKey()))
            .map(Map.Entry::getValue)
            .collect(java.util.stream.Collectors.toSet());
    for (String tool : ORDER) {
      if (tools.contains(tool)) return tool;
    }
    OwnerReference owner = KubePods.controller(each);
    if (owner != null) {
      return owner.getKind() + "/" + owner.getName();
    }
    for (OwnerReference other : WorldPods.orNone(each.getMetadata().getOwnerReferences())) {
      return other.getKind() + "/" + other.getName();
    }
    return marks.getOrDefault(MANAGED_BY, "").toLowerCase(java.util.Locale.ROOT);
  }
}
