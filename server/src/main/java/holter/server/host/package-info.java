/** Measures the pressure on hosts, from node_exporter or the local /proc. */
@NullMarked
package holter.server.host;

import org.jspecify.annotations.NullMarked;
