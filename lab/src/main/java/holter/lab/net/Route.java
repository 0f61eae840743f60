package holter.lab.net;

/** Which way a service's bytes go between two hosts. */
public enum Route {
  /** Through both hosts' NICs. */
  SHARED,
  /** By a network of its own: link modes apply, NICs are neither used nor charged. */
  OWN
}
