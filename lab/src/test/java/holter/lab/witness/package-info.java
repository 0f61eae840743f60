/** Claims about the lab's own eyes. */
@NullMarked
package holter.lab.witness;

import org.jspecify.annotations.NullMarked;
