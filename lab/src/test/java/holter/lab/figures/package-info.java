/** Claims about the table of figures. */
@NullMarked
package holter.lab.figures;

import org.jspecify.annotations.NullMarked;
