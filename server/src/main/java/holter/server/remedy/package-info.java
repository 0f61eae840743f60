/** Plans on disk, and the shell that carries them out. Knows no outside system. */
@NullMarked
package holter.server.remedy;

import org.jspecify.annotations.NullMarked;
