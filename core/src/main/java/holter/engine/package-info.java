/** The one decision step: inputs and a time in, actions out. Owns all state; passive. */
@NullMarked
package holter.engine;

import org.jspecify.annotations.NullMarked;
