/**
 * What lets a program act for a person: made by an administrator, taken by that person, revoked.
 */
@NullMarked
package org.towncrier.console.token;

import org.jspecify.annotations.NullMarked;
