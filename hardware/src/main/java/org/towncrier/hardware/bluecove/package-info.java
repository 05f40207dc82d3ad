/** The radio on JSR-82, through BlueCove: the native stack, or any other that BlueCove is given. */
@NullMarked
package org.towncrier.hardware.bluecove;

import org.jspecify.annotations.NullMarked;
