package org.towncrier.hardware.bluez;

/** Commands of the kernel's management channel (BlueZ, {@code doc/mgmt-api.txt}). */
enum ManagementCommand {
  LIST_ADAPTERS(0x0003),
  READ_ADAPTER(0x0004),
  SET_POWERED(0x0005),
  SET_CONNECTABLE(0x0007),
  SET_BONDABLE(0x0009),
  SET_LINK_SECURITY(0x000A),
  SET_SECURE_SIMPLE_PAIRING(0x000B),
  SET_CLASS(0x000E),
  SET_NAME(0x000F),
  ADD_SERVICE(0x0010),
  REMOVE_SERVICE(0x0011),
  LOAD_LINK_KEYS(0x0012),
  SET_IO_CAPABILITY(0x0018),
  SET_CLASSIC(0x002A);

  private final int code;

  ManagementCommand(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
