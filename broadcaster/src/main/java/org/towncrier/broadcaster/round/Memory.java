package org.towncrier.broadcaster.round;

import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.store.NodeStore;

/** What the node remembers: the store and the three that keep their rows in it. */
public record Memory(
    NodeStore store, SiteKeys keys, ContactBook contacts, DeliveryLog deliveries) {}
