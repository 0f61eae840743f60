/** Children live and die as they should. */
@NullMarked
package holter.lab.process;

import org.jspecify.annotations.NullMarked;
