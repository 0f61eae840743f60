/** Rules that hold over all of the core. */
@NullMarked
package holter;

import org.jspecify.annotations.NullMarked;
