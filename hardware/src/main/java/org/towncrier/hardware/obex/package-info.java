/**
 * OBEX over any pair of streams: our own PUT client, with a true outcome for every way a push can
 * end. Knows nothing of BlueCove.
 */
@NullMarked
package org.towncrier.hardware.obex;

import org.jspecify.annotations.NullMarked;
