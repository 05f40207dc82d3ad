/** A whole town on one machine: the demo, the street of phones, end-to-end tests, benchmarks. */
@NullMarked
package org.towncrier.town;

import org.jspecify.annotations.NullMarked;
