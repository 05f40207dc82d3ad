/** Measurements. Numbers belong here and not in tests. */
@NullMarked
package org.towncrier.town.bench;

import org.jspecify.annotations.NullMarked;
