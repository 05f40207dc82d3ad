/** The first page: what goes on tonight, at a glance. */
@NullMarked
package org.towncrier.console.home;

import org.jspecify.annotations.NullMarked;
