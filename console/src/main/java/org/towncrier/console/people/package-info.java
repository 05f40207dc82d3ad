/** The people who use the console: accounts, roles, signing in. */
@NullMarked
package org.towncrier.console.people;

import org.jspecify.annotations.NullMarked;
