package holter.remedy;

import holter.remedy.Ground.Shape;
import holter.remedy.KubeWorld.Demand;
import holter.remedy.KubeWorld.Pod;

/** Who stands where, in one of the ways that things may turn out: mutable sums by node. */
final class Stand {
  final Ground ground;
  final boolean[] takes;
  final int[] pods;
  final long[] cpuM;
  final long[] memory;
  final long[] assumedCpuM;
  final long[] assumedMemory;

  /** Bytes per second; NaN when not known. */
  final double[] network;

  /** Pods that came with the plan. */
  final int[] landed;

  private final int[] counts;
  private final int[] ports;

  /** The same for the same moves, in whatever order they were made. */
  long moves;

  /** As the world was read. */
  Stand(Ground ground, KubeWorld world) {
    this.ground = ground;
    int n = ground.size;
    takes = new boolean[n];
    pods = new int[n];
    cpuM = new long[n];
    memory = new long[n];
    assumedCpuM = new long[n];
    assumedMemory = new long[n];
    network = new double[n];
    landed = new int[n];
    counts = new int[n * ground.groups];
    ports = new int[n * ground.ports];
    for (int i = 0; i < n; i++) {
      KubeNode node = ground.nodes.get(i);
      takes[i] = !ground.unfit[i] && node.cordon().isEmpty();
      network[i] = node.room().usedNicBytesPerS();
    }
    for (Pod pod : world.pods()) {
      int node = ground.node(pod.node());
      if (node >= 0) {
        hold(node, pod.demand(), 1);
        if (!pod.leaving()) count(node, ground.group(pod.owner()), 1);
      }
    }
  }

  private Stand(Stand other) {
    ground = other.ground;
    takes = other.takes.clone();
    pods = other.pods.clone();
    cpuM = other.cpuM.clone();
    memory = other.memory.clone();
    assumedCpuM = other.assumedCpuM.clone();
    assumedMemory = other.assumedMemory.clone();
    network = other.network.clone();
    landed = other.landed.clone();
    counts = other.counts.clone();
    ports = other.ports.clone();
    moves = other.moves;
  }

  Stand copy() {
    return new Stand(this);
  }

  /** Its cordon is gone; what else closes it stays. */
  void open(int node) {
    takes[node] = !ground.unfit[node];
  }

  /** Adds or takes away what a pod asks for: a leaving one holds it until it is gone. */
  void hold(int node, Demand demand, int sign) {
    pods[node] += sign;
    cpuM[node] += sign * demand.cpuM();
    memory[node] += sign * demand.memoryBytes();
    assumedCpuM[node] += sign * demand.assumedCpuM();
    assumedMemory[node] += sign * demand.assumedMemoryBytes();
    for (int port : ground.portsOf(demand)) {
      ports[node * ground.ports + port] += sign;
    }
  }

  /** Counts a pod among those of its group, or no more. */
  void count(int node, int group, int sign) {
    if (group >= 0) counts[node * ground.groups + group] += sign;
  }

  int count(int node, int group) {
    return group < 0 ? 0 : counts[node * ground.groups + group];
  }

  void land(int node, Shape shape) {
    hold(node, shape.demand, 1);
    count(node, shape.group, 1);
    landed[node]++;
  }

  boolean portsFree(int node, int[] wanted) {
    for (int port : wanted) {
      if (ports[node * ground.ports + port] > 0) return false;
    }
    return true;
  }

  /** Notes a move in the sum that tells one outcome from another. */
  void note(int who, int node, int sign) {
    long bits = (long) who * 0x9E3779B97F4A7C15L + node + 1;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    moves += sign * (bits ^ (bits >>> 31));
  }

  /** How full a node's network is; NaN when not known. */
  double share(int node) {
    return network[node] / ground.nodes.get(node).room().nicBytesPerS();
  }
}
