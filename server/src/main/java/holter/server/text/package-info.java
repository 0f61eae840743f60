/** Sentences in English and Chinese, and facts as sentences. */
@NullMarked
package holter.server.text;

import org.jspecify.annotations.NullMarked;
