/** Who is supervised and what was heard of them. Knows nothing of Kafka's API; reads no clock. */
@NullMarked
package holter.fleet;

import org.jspecify.annotations.NullMarked;
