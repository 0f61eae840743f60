/** What a beat, a turn and an instance cost the engine: JMH, and the heap counted. */
@NullMarked
package holter.lab.bench.engine;

import org.jspecify.annotations.NullMarked;
