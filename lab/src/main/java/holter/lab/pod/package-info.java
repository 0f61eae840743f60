/** Pods that eat bandwidth: real sockets that send real bytes from one emulated host to another. */
@NullMarked
package holter.lab.pod;

import org.jspecify.annotations.NullMarked;
