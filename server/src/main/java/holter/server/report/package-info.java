/** The record of an incident: Markdown as the source, HTML as its rendering. */
@NullMarked
package holter.server.report;

import org.jspecify.annotations.NullMarked;
