/** Claims about scenario files: strict reading, the order of time, the drawing of victims. */
@NullMarked
package holter.lab.scenario;

import org.jspecify.annotations.NullMarked;
