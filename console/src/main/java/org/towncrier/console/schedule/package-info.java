/** Where and when a message is said. */
@NullMarked
package org.towncrier.console.schedule;

import org.jspecify.annotations.NullMarked;
