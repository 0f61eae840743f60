/** Scenario files: what is built, what is broken when, and what is expected of Holter. */
@NullMarked
package holter.lab.scenario;

import org.jspecify.annotations.NullMarked;
