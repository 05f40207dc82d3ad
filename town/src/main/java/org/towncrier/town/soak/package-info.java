/** What is left over after many nights: memory, threads, descriptors, rows. */
@NullMarked
package org.towncrier.town.soak;

import org.jspecify.annotations.NullMarked;
