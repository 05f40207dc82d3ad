/** Why the console did not start, in words for the person at the machine. */
@NullMarked
package org.towncrier.console.start;

import org.jspecify.annotations.NullMarked;
