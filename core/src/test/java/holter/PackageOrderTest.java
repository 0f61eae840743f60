package holter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The architecture is a list, and the compiled classes are held to it. */
class PackageOrderTest {
  /** Lowest first: a class may use only its own package or one to the left. */
  static final List<String> FLOW =
      List.of("words", "fleet", "channel", "detect", "diagnose", "remedy", "engine");

  /** Nothing in the core reads a clock, sleeps, draws lots or talks to the world. */
  private static final Set<String> BANNED_CALLS =
      Set.of(
          "java/lang/System.currentTimeMillis",
          "java/lang/System.nanoTime",
          "java/lang/Math.random",
          "java/lang/Thread.sleep",
          "java/time/Instant.now",
          "java/time/LocalDateTime.now",
          "java/time/ZonedDateTime.now");

  private static final List<String> BANNED_TYPES =
      List.of(
          "java/io/",
          "java/net/",
          "java/nio/",
          "java/lang/Thread",
          "java/lang/Process",
          "java/util/concurrent/",
          "java/util/Random",
          "java/util/logging/",
          "org/",
          "com/",
          "io/");

  private static final Pattern OURS = Pattern.compile("holter/([a-z]+)/[A-Za-z$]+");

  private static List<Path> classes() throws IOException {
    var root = Path.of("target/classes/holter");
    try (var all = Files.walk(root)) {
      return all.filter(p -> p.toString().endsWith(".class")).toList();
    }
  }

  private static String packageOf(Path file) {
    return Path.of("target/classes/holter").relativize(file).getName(0).toString();
  }

  @Test
  void everyPackageStandsInTheList() throws IOException {
    var found = new TreeSet<String>();
    classes().forEach(file -> found.add(packageOf(file)));
    assertThat(found).isNotEmpty();
    assertThat(FLOW).containsAll(found);
  }

  @Test
  void arrowsPointLeftOnlyInCodeAndInDescriptors() throws IOException {
    var violations = new ArrayList<String>();
    for (Path file : classes()) {
      int mine = FLOW.indexOf(packageOf(file));
      for (String used : typesUsed(file)) {
        if (FLOW.indexOf(used.split("/", -1)[1]) > mine) {
          violations.add(file.getFileName() + " uses " + used);
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  /** Class entries, and types that are named in descriptors and signatures only. */
  private static Set<String> typesUsed(Path file) throws IOException {
    var used = new TreeSet<String>();
    for (var entry : ClassFile.of().parse(file).constantPool()) {
      String text =
          switch (entry) {
            case ClassEntry type -> type.asInternalName();
            case Utf8Entry utf8 -> utf8.stringValue();
            default -> "";
          };
      var named = OURS.matcher(text);
      while (named.find()) {
        used.add(named.group());
      }
    }
    return used;
  }

  @Test
  void theCoreReadsNoClockAndTalksToNobody() throws IOException {
    var violations = new ArrayList<String>();
    for (Path file : classes()) {
      for (var entry : ClassFile.of().parse(file).constantPool()) {
        if (entry instanceof MemberRefEntry call) {
          String name = call.owner().asInternalName() + "." + call.name().stringValue();
          if (BANNED_CALLS.contains(name)) {
            violations.add(file.getFileName() + " calls " + name);
          }
        }
        if (entry instanceof ClassEntry type) {
          String name = type.asInternalName();
          boolean banned =
              BANNED_TYPES.stream().anyMatch(name::startsWith)
                  && !name.startsWith("java/nio/charset/"); // bytes of a text are no I/O
          if (banned && !name.startsWith("org/jspecify/")) {
            violations.add(file.getFileName() + " uses " + name);
          }
        }
      }
    }
    assertThat(violations).isEmpty();
  }
}
