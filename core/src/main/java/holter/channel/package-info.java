/**
 * The way of a beat: partitions, leaders, lanes, and whether each path is proved, sick or unknown.
 */
@NullMarked
package holter.channel;

import org.jspecify.annotations.NullMarked;
