package holter.server.config;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/** Keys are the creators' parameter names, which the compiler keeps. */
final class ParameterNames extends NopAnnotationIntrospector {
  @Override
  public @Nullable String findImplicitPropertyName(AnnotatedMember member) {
    return member instanceof AnnotatedParameter parameter
            && parameter.getOwner().getMember() instanceof Executable creator
        ? creator.getParameters()[parameter.getIndex()].getName()
        : null;
  }
}
