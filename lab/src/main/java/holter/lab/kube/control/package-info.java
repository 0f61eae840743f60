/**
 * What acts on the simulated cluster by itself: controllers and scheduler. Each is a loop of its
 * own that reads the store, compares, and writes; none knows another.
 */
@NullMarked
package holter.lab.kube.control;

import org.jspecify.annotations.NullMarked;
