/**
 * A Kubernetes API server that is simulated over HTTP, as far as Holter needs one, and the facts
 * that it must share with a real one. What it cannot do it refuses; it never pretends.
 */
@NullMarked
package holter.lab.kube;

import org.jspecify.annotations.NullMarked;
