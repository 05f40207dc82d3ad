/** Campaigns with their messages as files that people write, keep and pass on. */
@NullMarked
package org.towncrier.console.campaignfile;

import org.jspecify.annotations.NullMarked;
