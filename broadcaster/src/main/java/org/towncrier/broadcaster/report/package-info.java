/** What came of the node's offers, on its way to the console: kept until the console has it. */
@NullMarked
package org.towncrier.broadcaster.report;

import org.jspecify.annotations.NullMarked;
