package holter.lab.scenario;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How a worker sends its beats. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum SenderType {
  AGENT,
  FOREIGN_KEYED,
  FOREIGN_KEYLESS
}
