/** A server's own API with plans in its folder, and leaders that can be moved by them. */
@NullMarked
package holter.cli.plans;

import org.jspecify.annotations.NullMarked;
