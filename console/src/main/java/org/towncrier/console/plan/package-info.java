/** What is on air where and when: the week by nights, and any one moment. */
@NullMarked
package org.towncrier.console.plan;

import org.jspecify.annotations.NullMarked;
