/** What is done with the console from a shell. */
@NullMarked
package org.towncrier.console.verb;

import org.jspecify.annotations.NullMarked;
