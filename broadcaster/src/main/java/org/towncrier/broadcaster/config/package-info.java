/** The node's file: every setting with its default, meaning and limits, checked whole. */
@NullMarked
package org.towncrier.broadcaster.config;

import org.jspecify.annotations.NullMarked;
