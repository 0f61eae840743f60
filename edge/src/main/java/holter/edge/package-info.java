/** The DTU side: the worker that DTUs dial in to. */
@NullMarked
package holter.edge;

import org.jspecify.annotations.NullMarked;
