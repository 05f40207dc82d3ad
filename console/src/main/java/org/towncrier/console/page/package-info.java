/** What every page shares: the frame, local times, form problems, static files, error pages. */
@NullMarked
package org.towncrier.console.page;

import org.jspecify.annotations.NullMarked;
