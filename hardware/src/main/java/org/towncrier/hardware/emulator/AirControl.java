package org.towncrier.hardware.emulator;

import java.rmi.Remote;
import java.rmi.RemoteException;

/** What the emulated air can be told beside what a device does; across processes too. */
interface AirControl extends Remote {
  /** What the device that will open with this address is. */
  void announce(long address, String name, int classOfDevice) throws RemoteException;

  /** Whether a device answers when called; it is seen all the same. */
  void setReachable(long address, boolean reachable) throws RemoteException;

  /** Whether a device exists: one that is pulled out is lost at once, and can't be opened. */
  void setPlugged(long address, boolean plugged) throws RemoteException;

  /** Frees the address, whoever had it: a process that died may have left a device behind. */
  void reclaim(long address) throws RemoteException;

  /** Devices in this air now, adapters and phones. */
  int devices() throws RemoteException;
}
