/*
 * What org.towncrier.hardware.bluez takes for granted of the kernel's numbers and structures, as
 * assertions that a compiler checks, for each machine a node runs on. Nothing runs; it wants Debian's
 * libbluetooth-dev and the compilers:
 *
 *   for c in gcc arm-linux-gnueabihf-gcc aarch64-linux-gnu-gcc; do
 *     $c -std=gnu11 -fsyntax-only -I WHERE-BLUETOOTH-IS hardware/rig/layout.c && echo "$c: well"
 *   done
 */
#include <stddef.h>
#include <stdint.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/ioctl.h>
#include <sys/eventfd.h>
#include <errno.h>
#include <fcntl.h>
#include <bluetooth/bluetooth.h>
#include <bluetooth/hci.h>
#include <bluetooth/l2cap.h>
#include <bluetooth/rfcomm.h>
#define IS(a, b) _Static_assert((a) == (b), #a " is not " #b)
#define AT(type, field, offset) IS(offsetof(struct type, field), offset)
IS(__BYTE_ORDER__, __ORDER_LITTLE_ENDIAN__);
/* LibC */
IS(AF_BLUETOOTH, 31); IS(SOCK_STREAM, 1); IS(SOCK_RAW, 3); IS(SOCK_SEQPACKET, 5);
IS(SOCK_NONBLOCK, 0x800); IS(SOCK_CLOEXEC, 0x80000);
IS(BTPROTO_L2CAP, 0); IS(BTPROTO_HCI, 1); IS(BTPROTO_RFCOMM, 3);
IS(SOL_SOCKET, 1); IS(SO_ERROR, 4); IS(SO_SNDBUF, 7); IS(SOL_HCI, 0); IS(SOL_L2CAP, 6); IS(SOL_RFCOMM, 18); IS(SOL_BLUETOOTH, 274);
IS(POLLIN, 1); IS(POLLOUT, 4); IS(POLLERR, 8); IS(POLLHUP, 16);
IS(FIONREAD, 0x541B); IS(TIOCOUTQ, 0x5411); IS(MSG_NOSIGNAL, 0x4000); IS(EFD_NONBLOCK, 0x800); IS(EFD_CLOEXEC, 0x80000);
IS(sizeof(struct pollfd), 8); AT(pollfd, fd, 0); AT(pollfd, events, 4); AT(pollfd, revents, 6);
IS(sizeof(nfds_t), sizeof(long)); IS(sizeof(size_t), sizeof(long)); IS(sizeof(ssize_t), sizeof(long)); IS(sizeof(socklen_t), 4);
/* SocketAddress */
IS(sizeof(struct sockaddr_hci), 6); AT(sockaddr_hci, hci_family, 0); AT(sockaddr_hci, hci_dev, 2); AT(sockaddr_hci, hci_channel, 4);
IS(sizeof(struct sockaddr_l2), 14); AT(sockaddr_l2, l2_psm, 2); AT(sockaddr_l2, l2_bdaddr, 4); AT(sockaddr_l2, l2_cid, 10); AT(sockaddr_l2, l2_bdaddr_type, 12);
IS(sizeof(struct sockaddr_rc), 10); AT(sockaddr_rc, rc_bdaddr, 2); AT(sockaddr_rc, rc_channel, 8);
/* Adapters, AdapterInfo */
IS(sizeof(struct hci_dev_info), 92); AT(hci_dev_info, dev_id, 0); AT(hci_dev_info, bdaddr, 10); AT(hci_dev_info, flags, 16);
IS(sizeof(struct hci_dev_req), 8); AT(hci_dev_req, dev_id, 0); AT(hci_dev_req, dev_opt, 4);
AT(hci_dev_list_req, dev_num, 0); AT(hci_dev_list_req, dev_req, 4);
IS((unsigned)HCIGETDEVLIST, 0x800448D2u); IS((unsigned)HCIGETDEVINFO, 0x800448D3u); IS(HCI_MAX_DEV, 16);
/* HciSocket */
IS(sizeof(struct hci_filter), 16); AT(hci_filter, type_mask, 0); AT(hci_filter, event_mask, 4); AT(hci_filter, opcode, 12);
IS(HCI_FILTER, 2); IS((unsigned)HCIGETCONNINFO, 0x800448D5u);
AT(hci_conn_info_req, bdaddr, 0); AT(hci_conn_info_req, type, 6); AT(hci_conn_info_req, conn_info, 8);
IS(sizeof(struct hci_conn_info), 16); AT(hci_conn_info, handle, 0); IS(ACL_LINK, 1);
/* LinkSecurity */
IS(BT_SECURITY, 4); IS(sizeof(struct bt_security), 2); AT(bt_security, level, 0); AT(bt_security, key_size, 1);
/* Errno */
IS(EPERM, 1); IS(EAGAIN, 11); IS(EACCES, 13); IS(EBUSY, 16); IS(ENODEV, 19); IS(EMLINK, 31); IS(EPIPE, 32); IS(ENOSYS, 38);
IS(EPROTO, 71); IS(EBADFD, 77); IS(EILSEQ, 84); IS(EMSGSIZE, 90); IS(ENETDOWN, 100); IS(ECONNRESET, 104); IS(ENOTCONN, 107);
IS(ETIMEDOUT, 110); IS(ECONNREFUSED, 111); IS(EHOSTDOWN, 112); IS(EHOSTUNREACH, 113); IS(EALREADY, 114); IS(EINPROGRESS, 115); IS(ERFKILL, 132);
