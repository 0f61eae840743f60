package holter.fleet;

/** The name of a supervised worker, unique in the fleet; 1 to 200 printable characters. */
public record InstanceId(String value) implements Comparable<InstanceId> {
  public InstanceId {
    if (value.isBlank() || value.length() > 200 || unprintable(value)) {
      throw new IllegalArgumentException("not an instance id: 1 to 200 printable characters");
    }
  }

  private static boolean unprintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 32) {
        return true;
      }
    }
    return false;
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
