/**
 * A simulated radio and the phones around it, in virtual time: inquiry, paging and transfers take
 * as long, and fail as often, as the model's numbers say.
 */
@NullMarked
package org.towncrier.town.air;

import org.jspecify.annotations.NullMarked;
