/** The lab's own eyes: whether a fault bites, and what a plain timeout would have restarted. */
@NullMarked
package holter.lab.witness;

import org.jspecify.annotations.NullMarked;
