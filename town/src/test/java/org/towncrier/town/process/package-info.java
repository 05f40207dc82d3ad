/** Programs in processes of their own, that can be killed without warning. */
package org.towncrier.town.process;
