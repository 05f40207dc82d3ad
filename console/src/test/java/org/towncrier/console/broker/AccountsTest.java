package org.towncrier.console.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.broker.BrokerHouse.Raw;

/** Who is let in. */
class AccountsTest {
  private static final String STATE = "towncrier/v1/square/centre/state";
  @TempDir Path data;
  private BrokerHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new BrokerHouse(data);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void refused(String clientId, String username, String password) {
    assertThatThrownBy(() -> house.connect(clientId, BrokerHouse.options(username, password)))
        .isInstanceOf(MqttSecurityException.class);
  }

  @Test
  void nobody_comes_in_without_an_account() {
    refused(BrokerHouse.CENTRE, null, null);
    refused("anybody", null, null);
  }

  @Test
  void a_wrong_password_is_refused_the_first_time_and_the_second() {
    refused(BrokerHouse.CENTRE, BrokerHouse.CENTRE, "wrong");
    refused(BrokerHouse.CENTRE, BrokerHouse.CENTRE, "wrong");
    refused(BrokerHouse.CENTRE, BrokerHouse.CENTRE, "pw-market");
    refused(BrokerHouse.CENTRE, BrokerHouse.CENTRE, "");
  }

  @Test
  void names_that_are_not_accounts_are_refused() {
    refused("nobody", "nobody", "pw-centre");
    refused("square.centr_", "square.centr_", "pw-centre");
    refused("' OR 1=1 --", "' OR 1=1 --", "pw-centre");
  }

  @Test
  void the_brokers_own_cluster_account_is_closed() {
    refused("ACTIVEMQ.CLUSTER.ADMIN.USER", "ACTIVEMQ.CLUSTER.ADMIN.USER", "CHANGE ME!!");
    refused("ACTIVEMQ.CLUSTER.ADMIN.USER", "ACTIVEMQ.CLUSTER.ADMIN.USER", "");
  }

  @Test
  void a_client_id_is_the_accounts_name_and_nobody_elses() throws Exception {
    Raw market = house.market();

    refused(BrokerHouse.MARKET, BrokerHouse.CENTRE, "pw-centre");
    refused("another", BrokerHouse.CENTRE, "pw-centre");
    refused("", BrokerHouse.CENTRE, "pw-centre");

    assertThat(market.client.isConnected()).isTrue();
  }

  @Test
  void the_consoles_account_is_not_to_be_had_through_the_database() {
    house.addAccount(house.broker.username(), "planted", "square", "centre");

    refused(house.broker.username(), house.broker.username(), "planted");
  }

  @Test
  void a_program_that_is_no_node_is_not_let_in() {
    house.addAccount("program", "pw", null, null);

    refused("program", "program", "pw");
  }

  @Test
  void a_deleted_account_is_out_at_its_next_word() throws Exception {
    Raw node = house.centre();
    node.publish(STATE, "still here", false);
    house
        .db
        .sql("DELETE FROM broker_account WHERE username = ?")
        .param(BrokerHouse.CENTRE)
        .update();

    assertThatThrownBy(() -> node.publish(STATE, "and now", false))
        .isInstanceOf(MqttException.class);
    refused(BrokerHouse.CENTRE, BrokerHouse.CENTRE, "pw-centre");
  }

  @Test
  void an_account_issued_anew_takes_the_new_password_and_not_the_old() throws Exception {
    Raw node = house.centre();
    house
        .db
        .sql("UPDATE broker_account SET password_hash = ? WHERE username = ?")
        .params(house.passwords.encode("fresh"), BrokerHouse.CENTRE)
        .update();

    assertThatThrownBy(() -> node.publish(STATE, "old", false)).isInstanceOf(MqttException.class);
    refused(BrokerHouse.CENTRE, BrokerHouse.CENTRE, "pw-centre");
    house
        .connect(BrokerHouse.CENTRE, BrokerHouse.options(BrokerHouse.CENTRE, "fresh"))
        .publish(STATE, "new", false);
  }

  @Test
  void the_consoles_password_is_another_at_each_start() throws Exception {
    String old = house.broker.password();
    house.restart();

    refused(house.broker.username(), house.broker.username(), old);
    assertThat(house.console().client.isConnected()).isTrue();
  }
}
