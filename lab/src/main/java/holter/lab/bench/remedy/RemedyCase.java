package holter.lab.bench.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A cluster to plan for, drawn from a seed: three to six nodes, at most forty pods, networks with a
 * heavy tail. The first node is the critical one.
 *
 * @param nodes each with a network of {@value #NIC} bytes per second
 */
record RemedyCase(long seed, Mood mood, List<Node> nodes, List<Work> works) {
  static final double NIC = 100;
  static final double LIMIT = 0.7;
  static final String SPACE = "shop";
  private static final int PODS_MOST = 40;

  /** How full the critical host is. */
  enum Mood {
    CROWDED,
    HEALTHY,
    BUSY
  }

  /** Whether a node takes pods. */
  enum Door {
    OPEN,
    /** Cordoned; what was wrong is long over. */
    RECOVERED,
    /** Cordoned; its disk was full a minute ago. */
    ILL
  }

  record Node(String name, Door door) {}

  /**
   * A Deployment.
   *
   * @param on the node that its pods stand on at first
   * @param pinned whether its selector keeps it there
   * @param managed whether somebody would take a change back
   * @param minAvailable of its budget; −1: it has none
   * @param bytes of each pod
   */
  record Work(
      String name,
      String on,
      boolean pinned,
      boolean managed,
      int minAvailable,
      String cpu,
      String memory,
      List<Double> bytes) {
    Work {
      bytes = List.copyOf(bytes);
    }

    int replicas() {
      return bytes.size();
    }

    boolean budgetForbids() {
      return minAvailable >= replicas();
    }
  }

  RemedyCase {
    nodes = List.copyOf(nodes);
    works = List.copyOf(works);
  }

  String critical() {
    return nodes.getFirst().name();
  }

  /** Draws one. */
  static RemedyCase draw(long seed, Mood mood) {
    return new Draw(new Random(seed * 31 + mood.name().hashCode())).one(seed, mood);
  }

  private record Draw(Random random) {
    RemedyCase one(long seed, Mood mood) {
      var nodes = new ArrayList<Node>();
      int many = 3 + random.nextInt(4);
      for (int n = 0; n < many; n++) {
        nodes.add(new Node("n" + (n + 1), n == 0 ? Door.OPEN : door()));
      }
      boolean alike = random.nextBoolean();
      double full =
          switch (mood) {
            case CROWDED -> 0.8 + 0.45 * random.nextDouble();
            case HEALTHY -> 0.2 + 0.4 * random.nextDouble();
            case BUSY -> 0.6 + 0.095 * random.nextDouble();
          };
      var works = new ArrayList<>(scaled(drawn("n1", 4 + random.nextInt(4), alike), full));
      for (Node node : nodes.subList(1, many)) {
        if (node.door() == Door.OPEN) {
          double some = 0.05 + 0.45 * random.nextDouble();
          works.addAll(scaled(drawn(node.name(), random.nextInt(3), alike), some));
        }
      }
      while (works.stream().mapToInt(Work::replicas).sum() > PODS_MOST) {
        works.removeLast();
      }
      return new RemedyCase(seed, mood, nodes, works);
    }

    private Door door() {
      int die = random.nextInt(10);
      return die < 5 ? Door.OPEN : die < 8 ? Door.RECOVERED : Door.ILL;
    }

    private List<Work> drawn(String on, int many, boolean alike) {
      return IntStream.range(0, many).mapToObj(i -> work(on, i, alike)).toList();
    }

    private Work work(String on, int number, boolean alike) {
      int replicas = 1 + random.nextInt(4);
      boolean pinned = random.nextInt(10) < 3;
      double each = Math.exp(random.nextGaussian());
      var bytes =
          IntStream.range(0, replicas)
              .mapToObj(
                  i ->
                      pinned
                          ? each * (0.9 + 0.2 * random.nextDouble())
                          : Math.exp(random.nextGaussian()))
              .toList();
      int budget = random.nextInt(10) < 3 ? replicas - (random.nextInt(3) == 0 ? 0 : 1) : -1;
      int size = alike ? 1 : random.nextInt(4);
      return new Work(
          on + "-w" + number,
          on,
          pinned,
          pinned && random.nextInt(6) == 0,
          budget,
          List.of("", "100m", "200m", "300m").get(size),
          List.of("", "200Mi", "512Mi", "1Gi").get(size),
          bytes);
    }

    private static List<Work> scaled(List<Work> works, double full) {
      double sum = works.stream().flatMap(w -> w.bytes().stream()).mapToDouble(b -> b).sum();
      return works.stream()
          .map(
              w ->
                  new Work(
                      w.name(),
                      w.on(),
                      w.pinned(),
                      w.managed(),
                      w.minAvailable(),
                      w.cpu(),
                      w.memory(),
                      w.bytes().stream().map(b -> b * full * NIC / sum).toList()))
          .toList();
    }
  }
}
