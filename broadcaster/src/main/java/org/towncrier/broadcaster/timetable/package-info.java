/** Which messages are on air at a moment, and when that changes next. */
@NullMarked
package org.towncrier.broadcaster.timetable;

import org.jspecify.annotations.NullMarked;
