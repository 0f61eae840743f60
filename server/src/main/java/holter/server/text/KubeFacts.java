package holter.server.text;

import holter.diagnose.KubeFact;

/** What Kubernetes said, as sentences. */
final class KubeFacts {
  private final Tongue tongue;
  private final Figures figures;

  KubeFacts(Tongue tongue, Figures figures) {
    this.tongue = tongue;
    this.figures = figures;
  }

  String say(KubeFact fact) {
    return switch (fact) {
      case KubeFact.NodeSeen node ->
          tongue.say(
              node.cordoned() ? FactWord.NODE_CORDONED : FactWord.NODE,
              node.node(),
              node.conditions().isEmpty() ? tongue.say(FactWord.NONE) : node.conditions(),
              figures.share(node.diskUsedShare()),
              node.cordonedSinceWallMs() < 0
                  ? figures.unknown()
                  : figures.time(node.cordonedSinceWallMs()));
      case KubeFact.PodSeen pod ->
          tongue.say(
              FactWord.POD,
              pod.pod(),
              pod.node(),
              pod.restarts(),
              pod.lastReason().isEmpty() ? tongue.say(FactWord.NONE) : pod.lastReason(),
              pod.eligible().isEmpty() ? tongue.say(FactWord.ANY_NODE) : pod.eligible(),
              figures.rate(pod.bytesPerS()));
      case KubeFact.KubeEvent event ->
          tongue.say(
              FactWord.KUBE_EVENT,
              event.kind(),
              event.name(),
              event.reason(),
              event.message(),
              figures.time(event.lastWallMs()));
    };
  }
}
