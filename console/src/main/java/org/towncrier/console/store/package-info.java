/** The SQLite file, its transactions, and what to tell people when it fails. */
@NullMarked
package org.towncrier.console.store;

import org.jspecify.annotations.NullMarked;
