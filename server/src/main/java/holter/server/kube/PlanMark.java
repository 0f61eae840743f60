package holter.server.kube;

/**
 * What a changed object carries while the change lasts: which plan changed it. The policies of
 * {@code holter rbac guard} know it too: a node that carries it, and no other, may be closed again.
 */
final class PlanMark {
  /** The annotation; its value is the plan's id. */
  static final String KEY = "holter.io/plan";

  private PlanMark() {}
}
