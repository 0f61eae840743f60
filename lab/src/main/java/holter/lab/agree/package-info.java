/** Holds live runs on real brokers against the same timeline in virtual time. */
@NullMarked
package holter.lab.agree;

import org.jspecify.annotations.NullMarked;
