/** What programs can do, under {@code /api/v1}: the console's own services, by token and scope. */
@NullMarked
package org.towncrier.console.api;

import org.jspecify.annotations.NullMarked;
