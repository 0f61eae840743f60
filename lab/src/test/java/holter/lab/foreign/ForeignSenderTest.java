package holter.lab.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignSenderTest {
  @Test
  void itUsesNoClassButItsOwnKafkasProducerAndTheJdk() throws IOException {
    List<String> strangers = new ArrayList<>();
    try (InputStream in = ForeignSender.class.getResourceAsStream("ForeignSender.class")) {
      assertThat(in).isNotNull();
      for (var entry : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
        if (entry instanceof ClassEntry used) {
          String name = used.asInternalName();
          boolean known =
              name.startsWith("java/")
                  || name.startsWith("org/apache/kafka/clients/producer/")
                  || name.equals("holter/lab/foreign/ForeignSender");
          if (!known) {
            strangers.add(name);
          }
        }
      }
    }
    assertThat(strangers).isEmpty();
  }
}
