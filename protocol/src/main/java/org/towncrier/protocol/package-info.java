/**
 * What console and broadcaster say to each other: topics, records, their JSON, and the signature
 * that lets a node tell its console from anybody else.
 */
@NullMarked
package org.towncrier.protocol;

import org.jspecify.annotations.NullMarked;
