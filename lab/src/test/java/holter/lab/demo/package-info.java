/** Claims about what the demonstration says and promises. */
@NullMarked
package holter.lab.demo;

import org.jspecify.annotations.NullMarked;
