import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Raises the class files of a jar to Java 8's format, stack maps included, so that the JVM's
 * ahead-of-time cache takes them: it skips older ones in silence, and stock picocli is that old.
 * What the classes do does not change. The jar must be on the class path, for the stack maps need
 * its types.
 */
public class Raise {
  private static final int JAVA_8 = 52;

  public static void main(String[] args) throws Exception {
    Path jar = Path.of(args[0]);
    Path raised = Path.of(args[0] + ".raised");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(raised);
        ZipOutputStream to = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        to.putNextEntry(copy);
        to.write(entry.getName().endsWith(".class") ? raise(bytes) : bytes);
        to.closeEntry();
      }
    }
    Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] raise(byte[] bytes) {
    ClassFile files = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    ClassModel model = files.parse(bytes);
    if (model.majorVersion() >= JAVA_8) return bytes;
    ClassTransform newBodies =
        ClassTransform.transformingMethodBodies((body, part) -> body.with(part));
    ClassTransform newVersion =
        (type, part) -> {
          if (part instanceof ClassFileVersion) type.withVersion(JAVA_8, 0);
          else type.with(part);
        };
    return files.transformClass(model, newBodies.andThen(newVersion));
  }
}
