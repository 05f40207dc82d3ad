package org.towncrier.console.message;

import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lets messages go live and end as their windows say. For people only: nodes know by themselves.
 */
@Component
@EnableScheduling
class MessageAgeing {
  private final Messages messages;
  private final OnAirMessages onAir;

  MessageAgeing(Messages messages, OnAirMessages onAir) {
    this.messages = messages;
    this.onAir = onAir;
  }

  @Scheduled(fixedDelay = 15_000)
  void age() {
    messages.ageAll();
    onAir.forgetPast();
  }
}
