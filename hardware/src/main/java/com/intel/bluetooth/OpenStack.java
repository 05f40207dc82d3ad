package com.intel.bluetooth;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.bluetooth.BluetoothStateException;
import javax.bluetooth.DataElement;
import javax.bluetooth.DiscoveryListener;
import javax.bluetooth.RemoteDevice;
import javax.bluetooth.ServiceRecord;
import javax.bluetooth.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.bluez.BlueZAdapter;
import org.towncrier.hardware.bluez.SdpRecord;
import org.towncrier.hardware.bluez.ServiceQuery;

/** What runs beside the caller while a stack is open: a look, and service searches. */
final class OpenStack {
  /** {@code bluetooth.sd.trans.max}. */
  private static final int SEARCHES_AT_ONCE = 7;

  private static final Logger log = LoggerFactory.getLogger(OpenStack.class);

  private final BluetoothStack stack;
  private final BlueZAdapter adapter;
  private final Duration inquiryLength;
  private final ThreadPoolExecutor searchers;
  private final Map<Integer, ServiceQuery> searches = new ConcurrentHashMap<>();
  private final AtomicInteger transactions = new AtomicInteger();
  private volatile InquiryRun inquiry;
  private volatile boolean closed;

  OpenStack(BluetoothStack stack, BlueZAdapter adapter, Duration inquiryLength) {
    this.stack = stack;
    this.adapter = adapter;
    this.inquiryLength = inquiryLength;
    // A thread that is there already need not be made while a phone waits.
    this.searchers =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), this::searcher);
  }

  private Thread searcher(Runnable work) {
    Thread thread = new Thread(work, "bluez-search-hci" + adapter.index());
    thread.setDaemon(true);
    return thread;
  }

  BlueZAdapter adapter() {
    return adapter;
  }

  boolean closed() {
    return closed;
  }

  BluetoothStack stack() {
    return stack;
  }

  boolean startInquiry(int accessCode, DiscoveryListener listener) throws BluetoothStateException {
    InquiryRun run;
    synchronized (this) {
      if (inquiry != null) {
        throw new BluetoothStateException("The adapter is already looking");
      }
      try {
        run = new InquiryRun(this, accessCode, inquiryLength, listener);
      } catch (IOException e) {
        throw Translation.stateException(e);
      }
      inquiry = run;
    }
    run.start();
    return true;
  }

  synchronized void ended(InquiryRun run) {
    if (inquiry == run) {
      inquiry = null;
    }
  }

  boolean cancelInquiry(DiscoveryListener listener) {
    InquiryRun run = inquiry;
    return run != null && run.cancel(listener);
  }

  int search(
      int[] attributes,
      UUID[] services,
      RemoteDevice device,
      DiscoveryListener listener,
      Duration limit)
      throws BluetoothStateException {
    int transaction = transactions.incrementAndGet();
    try {
      ServiceQuery query =
          adapter.query(
              new BluetoothAddress(RemoteDeviceHelper.getAddress(device)),
              Arrays.stream(services).map(Translation::uuid).toList(),
              Translation.withDefaults(attributes),
              limit);
      synchronized (this) {
        if (searches.size() >= SEARCHES_AT_ONCE) {
          query.cancel();
          throw new BluetoothStateException("Too many service searches at once");
        }
        searches.put(transaction, query);
      }
      try {
        searchers.execute(() -> search(transaction, query, device, listener));
      } catch (RejectedExecutionException closedMeanwhile) {
        searches.remove(transaction);
        query.cancel();
        throw new BluetoothStateException("The adapter is closed");
      }
      return transaction;
    } catch (BluetoothStateException e) {
      throw e;
    } catch (IOException e) {
      throw Translation.stateException(e);
    }
  }

  boolean cancelSearch(int transaction) {
    ServiceQuery query = searches.get(transaction);
    if (query == null) {
      return false;
    }
    try {
      query.cancel();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  boolean populate(ServiceRecordImpl service, int[] attributes, Duration limit) throws IOException {
    List<Integer> wanted = new ArrayList<>(List.of(BluetoothConsts.ServiceRecordHandle));
    Arrays.stream(attributes).filter(id -> !wanted.contains(id)).forEach(wanted::add);
    ServiceQuery query =
        adapter.query(
            new BluetoothAddress(RemoteDeviceHelper.getAddress(service.getHostDevice())),
            List.of(Translation.uuid(kindOf(service))),
            wanted,
            limit);
    try {
      for (SdpRecord found : query.run()) {
        if (Translation.handle(found) == service.getHandle()) {
          found
              .attributes()
              .forEach((id, v) -> service.populateAttributeValue(id, Translation.element(v)));
          return found.attributes().size() > 1;
        }
      }
      return false;
    } catch (IOException e) {
      throw Translation.connectionException(e);
    }
  }

  void close() {
    closed = true;
    searchers.shutdown();
    try {
      adapter.close();
    } catch (IOException e) {
      log.debug("hci{} did not close well: {}", adapter.index(), e.getMessage());
    }
  }

  private void search(
      int transaction, ServiceQuery query, RemoteDevice device, DiscoveryListener listener) {
    int response;
    try {
      ServiceRecord[] records =
          query.run().stream()
              .map(found -> Translation.record(stack, device, found))
              .toArray(ServiceRecord[]::new);
      if (records.length > 0) {
        listener.servicesDiscovered(transaction, records);
        response = DiscoveryListener.SERVICE_SEARCH_COMPLETED;
      } else {
        response = DiscoveryListener.SERVICE_SEARCH_NO_RECORDS;
      }
    } catch (IOException e) {
      log.debug(
          "A service search through hci{} failed: {}",
          adapter.index(),
          BluetoothAddress.scrub(e.getMessage()));
      response =
          query.cancelled()
              ? DiscoveryListener.SERVICE_SEARCH_TERMINATED
              : Translation.searchResponse(e);
    } catch (RuntimeException e) {
      log.warn("Whoever listens to a service search of hci{} failed", adapter.index(), e);
      response = DiscoveryListener.SERVICE_SEARCH_ERROR;
    } finally {
      searches.remove(transaction);
    }
    listener.serviceSearchCompleted(transaction, response);
  }

  /** A UUID that the service mentions; all of them rest on L2CAP. */
  private static UUID kindOf(ServiceRecord service) {
    DataElement kinds = service.getAttributeValue(BluetoothConsts.ServiceClassIDList);
    if (kinds != null
        && kinds.getDataType() == DataElement.DATSEQ
        && kinds.getSize() > 0
        && ((java.util.Enumeration<?>) kinds.getValue()).nextElement() instanceof DataElement first
        && first.getDataType() == DataElement.UUID) {
      return (UUID) first.getValue();
    }
    return BluetoothConsts.L2CAP_PROTOCOL_UUID;
  }
}
