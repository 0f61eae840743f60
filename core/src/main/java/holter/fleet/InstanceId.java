package holter.fleet;

/** The name of a supervised worker, unique in the fleet; 1 to 200 printable characters. */
public record InstanceId(String value) implements Comparable<InstanceId> {
  public InstanceId {
    if (value.isBlank() || value.length() > 200 || value.chars().anyMatch(c -> c < 32)) {
      throw new IllegalArgumentException("not an instance id: 1 to 200 printable characters");
    }
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
