package holter.lab.kube.fact;

import java.util.Set;

/**
 * A claim about Kubernetes, and its proof.
 *
 * @param number as the table of facts counts; 0: of Leases, pods and watches, which came before it
 * @param needs what a cluster must have for it; without, it is skipped
 */
record Fact(int number, String claim, Set<Need> needs, Proof proof) {
  /** What not every cluster has. */
  enum Need {
    /** Nodes that may be made, filled, silenced and thrown away. */
    NODES("nodes to throw away"),
    /** No other node than those. */
    ALONE("no other nodes"),
    /** The identities and the policy of a remedy. */
    ROLES("the roles of diagnose and remedy"),
    /** A way to freeze the API server. */
    FREEZE("a way to freeze the API server");

    private final String words;

    Need(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Holds, or throws {@link Ask.Broken}. */
  interface Proof {
    void hold(Stage stage) throws InterruptedException;
  }

  /** The same for what needs only requests. */
  interface Simple {
    void hold(Ask ask) throws InterruptedException;
  }

  static Fact plain(String claim, Simple proof) {
    return new Fact(0, claim, Set.of(), stage -> proof.hold(stage.ask()));
  }

  static Fact anywhere(int number, String claim, Proof proof) {
    return new Fact(number, claim, Set.of(), proof);
  }

  static Fact onNodes(int number, String claim, Proof proof) {
    return new Fact(number, claim, Set.of(Need.NODES), proof);
  }
}
