package org.towncrier.protocol;

/** Why a phone that was near was not offered a message. */
public enum WithheldReason {
  /** Its owner asked to be left alone. */
  OPTED_OUT,
  /** It has been offered this message. */
  ALREADY_OFFERED,
  /** It refused a message of this campaign. */
  DECLINED_BEFORE,
  /** It has had its offers for tonight. */
  BUDGET_SPENT,
  /** The node's permitted hours are over. */
  OUTSIDE_PERMITTED_HOURS,
  /** The node is in training and the phone is not on its test list. */
  NOT_ON_TEST_LIST
}
