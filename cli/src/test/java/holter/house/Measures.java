package holter.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Measures functions, constructors and names, read by the compiler's own parser. */
final class Measures {
  /** A function: how many lines it has, and for a constructor how many parameters. */
  record Function(String where, int lines, int constructorParameters) {}

  /** A class, record, interface or enum. */
  record Type(String where, String name) {}

  /** Everything that was read. */
  record Read(List<Function> functions, List<Type> types) {}

  private Measures() {}

  static Read of(Collection<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Function> functions = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(unit, positions, functions, types).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Read(functions, types);
  }

  private static final class Scanner extends TreeScanner<Void, ClassTree> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Function> functions;
    private final List<Type> types;

    Scanner(
        CompilationUnitTree unit,
        SourcePositions positions,
        List<Function> functions,
        List<Type> types) {
      this.unit = unit;
      this.positions = positions;
      this.functions = functions;
      this.types = types;
    }

    @Override
    public Void visitClass(ClassTree type, ClassTree outer) {
      if (!type.getSimpleName().isEmpty()) {
        types.add(new Type(where(type), type.getSimpleName().toString()));
      }
      return super.visitClass(type, type);
    }

    @Override
    public Void visitMethod(MethodTree method, ClassTree type) {
      LineMap lines = unit.getLineMap();
      long start = positions.getStartPosition(unit, method);
      long end = positions.getEndPosition(unit, method);
      if (start >= 0 && end >= 0) {
        int length = (int) (lines.getLineNumber(end) - lines.getLineNumber(start) + 1);
        boolean counted =
            method.getName().contentEquals("<init>") && type.getKind() != Tree.Kind.RECORD;
        functions.add(
            new Function(
                where(method) + " " + type.getSimpleName() + "." + method.getName(),
                length,
                counted ? method.getParameters().size() : 0));
      }
      return super.visitMethod(method, type);
    }

    private String where(Tree tree) {
      long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      return Sources.name(Path.of(unit.getSourceFile().toUri())) + ":" + line;
    }
  }
}
