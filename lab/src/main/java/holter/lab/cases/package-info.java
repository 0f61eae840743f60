/** Cases of diagnosis: what is broken, what Holter is given, and what it should say. */
@NullMarked
package holter.lab.cases;

import org.jspecify.annotations.NullMarked;
