/** The exporter tells what was counted. */
@NullMarked
package holter.lab.exporter;

import org.jspecify.annotations.NullMarked;
