@NullMarked
package holter.lab.bench.remedy;

import org.jspecify.annotations.NullMarked;
