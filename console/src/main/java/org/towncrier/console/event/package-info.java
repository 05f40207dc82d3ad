/** Days that people know by name, such as a festival. */
@NullMarked
package org.towncrier.console.event;

import org.jspecify.annotations.NullMarked;
