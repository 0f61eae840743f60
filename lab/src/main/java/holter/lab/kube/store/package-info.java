/**
 * The objects of the simulated cluster: what each kind may say, what becomes of a write, who is
 * told. What it cannot do it refuses.
 */
@NullMarked
package holter.lab.kube.store;

import org.jspecify.annotations.NullMarked;
