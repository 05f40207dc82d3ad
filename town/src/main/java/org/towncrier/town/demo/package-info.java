/** A town in one process, for people to look at and for machines to check. */
@NullMarked
package org.towncrier.town.demo;

import org.jspecify.annotations.NullMarked;
