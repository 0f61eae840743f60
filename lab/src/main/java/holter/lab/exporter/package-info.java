/** Serves each emulated host's metrics as node_exporter would. */
@NullMarked
package holter.lab.exporter;

import org.jspecify.annotations.NullMarked;
