package holter.remedy;

import holter.words.Phrase;
import holter.words.Sentence;

/** What must be seen before an act counts as done. */
public enum DoneWords implements Phrase {
  LEADS("broker {0} leads {1}, and its replicas are in the order {2}"),
  OPEN("{0} takes pods, and its taint is gone"),
  CLOSED("{0} takes no new pods"),
  RELAXED(
      "{1} is gone from the node selector of {0}, every pod was replaced and is available, no old"
          + " one is left"),
  PINNED("{1} is in the node selector of {0} again, and every pod was replaced and is available"),
  LEFT("{0} is gone, and {1} serves in full again, not on the same node"),
  RESTARTED("{0} is gone, and another of {1} is ready in its stead");

  private final String english;

  DoneWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }

  /** When this act is done. */
  public static Sentence of(Act act) {
    return switch (act) {
      case Act.MoveLeader it -> Sentence.of(LEADS, it.leader(), it.target(), it.to());
      case KubeAct.Uncordon it -> Sentence.of(OPEN, it.target());
      case KubeAct.Cordon it -> Sentence.of(CLOSED, it.target());
      case KubeAct.Relax it -> Sentence.of(RELAXED, it.target(), it.key() + "=" + it.value());
      case KubeAct.Pin it -> Sentence.of(PINNED, it.target(), it.key() + "=" + it.value());
      case KubeAct.Evict it -> Sentence.of(LEFT, it.target(), it.workload());
      case KubeAct.Restart it -> Sentence.of(RESTARTED, it.target(), it.workload());
    };
  }
}
