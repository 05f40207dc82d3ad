/** Campaigns: what is said in one series, by whom, until when; and their files. */
@NullMarked
package org.towncrier.console.campaign;

import org.jspecify.annotations.NullMarked;
