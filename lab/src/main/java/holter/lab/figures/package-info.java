/** Repeated runs, their result files, and the table of figures made from them. */
@NullMarked
package holter.lab.figures;

import org.jspecify.annotations.NullMarked;
