@NullMarked
package holter.lab.bench;

import org.jspecify.annotations.NullMarked;
