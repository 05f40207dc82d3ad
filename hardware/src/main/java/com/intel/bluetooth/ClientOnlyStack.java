package com.intel.bluetooth;

import java.io.IOException;

/**
 * A stack that never waits to be called, and speaks no L2CAP of its own: all of that is refused.
 */
abstract class ClientOnlyStack implements BluetoothStack {
  @Override
  public void connectionRfCloseServerConnection(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public long rfServerOpen(BluetoothConnectionNotifierParams params, ServiceRecordImpl service)
      throws IOException {
    throw refusal();
  }

  @Override
  public void rfServerUpdateServiceRecord(
      long handle, ServiceRecordImpl service, boolean acceptAndOpen) {
    throw new NotSupportedRuntimeException(getStackID());
  }

  @Override
  public long rfServerAcceptAndOpenRfServerConnection(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public void rfServerClose(long handle, ServiceRecordImpl service) throws IOException {
    throw refusal();
  }

  @Override
  public long l2OpenClientConnection(
      BluetoothConnectionParams params, int receiveMtu, int transmitMtu) throws IOException {
    throw refusal();
  }

  @Override
  public void l2CloseClientConnection(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public long l2ServerOpen(
      BluetoothConnectionNotifierParams params,
      int receiveMtu,
      int transmitMtu,
      ServiceRecordImpl service)
      throws IOException {
    throw refusal();
  }

  @Override
  public void l2ServerUpdateServiceRecord(
      long handle, ServiceRecordImpl service, boolean acceptAndOpen) {
    throw new NotSupportedRuntimeException(getStackID());
  }

  @Override
  public long l2ServerAcceptAndOpenServerConnection(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public void l2CloseServerConnection(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public void l2ServerClose(long handle, ServiceRecordImpl service) throws IOException {
    throw refusal();
  }

  @Override
  public int l2GetSecurityOpt(long handle, int expected) throws IOException {
    throw refusal();
  }

  @Override
  public int l2GetTransmitMTU(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public int l2GetReceiveMTU(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public boolean l2Ready(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public int l2Receive(long handle, byte[] into) throws IOException {
    throw refusal();
  }

  @Override
  public void l2Send(long handle, byte[] data) throws IOException {
    throw refusal();
  }

  @Override
  public long l2RemoteAddress(long handle) throws IOException {
    throw refusal();
  }

  @Override
  public boolean l2Encrypt(long address, long handle, boolean on) throws IOException {
    throw refusal();
  }

  private IOException refusal() {
    return new NotSupportedIOException(getStackID());
  }
}
