/**
 * How many of the phones that would take a message get it: streets in virtual time, policies that
 * work them, and the most that any policy could reach.
 */
@NullMarked
package org.towncrier.town.reach;

import org.jspecify.annotations.NullMarked;
