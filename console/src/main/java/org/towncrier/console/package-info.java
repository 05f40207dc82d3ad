/** The central console: one program, its settings and its command line. */
@NullMarked
package org.towncrier.console;

import org.jspecify.annotations.NullMarked;
