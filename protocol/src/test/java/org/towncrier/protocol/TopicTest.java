package org.towncrier.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
  @ParameterizedTest
  @EnumSource(Topic.Kind.class)
  void a_topic_is_read_back_from_its_name(Topic.Kind kind) {
    Topic topic = new Topic(Examples.SITE, Examples.NODE, kind);
    assertThat(Topic.parse(topic.name())).contains(topic);
  }

  @Test
  void the_name_is_what_the_contract_says() {
    assertThat(new Topic(Examples.SITE, Examples.NODE, Topic.Kind.SCHEDULE))
        .hasToString("towncrier/v1/marlborough-square/clock-tower/schedule");
    assertThat(Topic.Kind.REPORTS.filter()).isEqualTo("towncrier/v1/+/+/reports");
  }

  @Test
  void the_nodes_of_a_site_have_a_topic_of_their_own() {
    SiteTopic topic = new SiteTopic(Examples.SITE);
    assertThat(topic).hasToString("towncrier/v1/marlborough-square/contacts");
    assertThat(SiteTopic.parse(topic.name())).contains(topic);
    assertThat(Topic.parse(topic.name())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "contacts",
        "towncrier/v1/contacts",
        "towncrier/v1//contacts",
        "towncrier/v1/+/contacts",
        "towncrier/v1/#/contacts",
        "towncrier/v1/Site/contacts",
        "towncrier/v1/site/contacts/",
        "towncrier/v1/site/contacts/more",
        "towncrier/v1/site/node/contacts",
        "towncrier/v1/site/Contacts",
        "towncrier/v2/site/contacts",
        "/towncrier/v1/site/contacts"
      })
  void what_is_not_such_a_topic_is_nothing(String name) {
    assertThat(SiteTopic.parse(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "towncrier",
        "towncrier/v1/",
        "towncrier/v1/site/node",
        "towncrier/v1/site/node/state/",
        "towncrier/v1/site/node/state/more",
        "/towncrier/v1/site/node/state",
        "towncrier/v2/site/node/state",
        "Towncrier/v1/site/node/state",
        "towncrier/v1/site/node/STATE",
        "towncrier/v1/site/node/unknown",
        "towncrier/v1//node/state",
        "towncrier/v1/site//state",
        "towncrier/v1/+/+/state",
        "towncrier/v1/site/#/state",
        "towncrier/v1/Site/node/state",
        "towncrier/v1/si.te/node/state",
        "towncrier/v1/s te/node/state",
        "towncrier/v1/site/01234567890123456789012345678901234567890/state",
        "$SYS/broker/load"
      })
  void what_is_not_a_topic_of_ours_is_nothing(String name) {
    assertThat(Topic.parse(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a.b", "a/b", "a b", "a_b", "é", "+", "#", "a\n"})
  void an_id_is_lower_case_letters_digits_and_dashes(String id) {
    assertThatThrownBy(() -> new SiteId(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeId(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MessageId(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CampaignId(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
