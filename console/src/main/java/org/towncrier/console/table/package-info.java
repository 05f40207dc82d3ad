/** What pages show as tables, to take away: one file for each, for people and programs alike. */
@NullMarked
package org.towncrier.console.table;

import org.jspecify.annotations.NullMarked;
