/** The house rules, as tests over the sources of every module and over the documents. */
@NullMarked
package holter.house;

import org.jspecify.annotations.NullMarked;
