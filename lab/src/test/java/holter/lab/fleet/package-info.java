/** Claims about the runner: at most once, the truth first, older leaders refused. */
@NullMarked
package holter.lab.fleet;

import org.jspecify.annotations.NullMarked;
