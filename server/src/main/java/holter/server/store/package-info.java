/** What must outlive the process, in SQL: roster, incidents, audit, routes, leader epoch. */
@NullMarked
package holter.server.store;

import org.jspecify.annotations.NullMarked;
