/** The audit trail on pages: searched, read a page at a time, taken away. */
@NullMarked
package org.towncrier.console.trail;

import org.jspecify.annotations.NullMarked;
