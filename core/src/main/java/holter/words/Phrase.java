package holter.words;

/**
 * A sentence with numbered gaps, {@code {0}}, {@code {1}} …; implemented by enums only, one per
 * package that speaks. The English text stands in the enum; other languages are looked up by {@code
 * EnumName.CONSTANT}.
 */
public interface Phrase {
  /** The enum constant's name; stable, used as the key of translations. */
  String name();

  /** The English text, with gaps. */
  String english();

  /** The key of this phrase in every language's file. */
  default String key() {
    return getDeclaringName() + "." + name();
  }

  /** The simple name of the enum that declares this phrase. */
  default String getDeclaringName() {
    return this instanceof Enum<?> constant
        ? constant.getDeclaringClass().getSimpleName()
        : getClass().getSimpleName();
  }
}
