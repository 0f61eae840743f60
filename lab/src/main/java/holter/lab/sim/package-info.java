/** A fleet and its channel in virtual time: seeded, deterministic, the truth at hand. */
@NullMarked
package holter.lab.sim;

import org.jspecify.annotations.NullMarked;
